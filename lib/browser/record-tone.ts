import type { RecordState } from "@/lib/contracts/records";

/** The meaning that colour carries for each state of a record: green, blue, red, grey, amber. */
export const RECORD_TONE = {
  in_sync: "ok",
  due: "info",
  syncing: "info",
  failing: "fail",
  excluded: "mute",
  paused: "warn",
} as const satisfies Record<RecordState, "ok" | "info" | "fail" | "mute" | "warn">;
