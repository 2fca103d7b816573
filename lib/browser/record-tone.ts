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

/** Every state, in the order in which people look for them. Kept here because the contract would bring zod (32 KB) along. */
export const RECORD_STATES = Object.keys(RECORD_TONE) as RecordState[];
