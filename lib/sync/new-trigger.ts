import type { Side } from "@/lib/decide/record-types";
import type { TriggerMark } from "@/lib/store/record-marks";

/** A mark of now: why a record is due, and what moved. */
export function newTrigger(code: string, side: Side | null, fields: string[], by: string | null = null): TriggerMark {
  return { code, side, fields, at: new Date().toISOString(), by };
}
