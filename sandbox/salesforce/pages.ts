import type { CallLog } from "../shared/call-log";
import type { OrgApp } from "./routes/context";
import type { OrgState } from "./state";
export function mountPages(_app: OrgApp, _state: OrgState, _calls: CallLog): void {}
