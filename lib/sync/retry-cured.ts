import type { SettingsPatch } from "@/lib/contracts/settings";
import type { ErrorType } from "@/lib/decide/error-types";
import { type MayBeCured, markMayBeCured } from "@/lib/store/record-marks";
import { signalWork } from "@/lib/store/wake-signal";
import { newTrigger } from "./new-trigger";

/** What a setting may cure besides the mappings. */
const CURED_BY: Partial<Record<keyof SettingsPatch, ErrorType[]>> = {
  defaults: ["required_field_missing"],
  stagePairs: ["stage_not_mapped", "record_type_not_available"],
  owners: ["owner_inactive", "owner_not_allowed"],
};

/** E3: what fails for something that was just changed is tried again at once; the rest waits on. */
export async function retryCured(connectionId: string, which: MayBeCured, by: string | null = null): Promise<void> {
  const count = await markMayBeCured(connectionId, which, newTrigger("cause_changed", null, [], by));
  if (count > 0) await signalWork(connectionId);
}

/** The same for settings, by those that were given. */
export async function retryCuredBySettings(connectionId: string, given: Partial<SettingsPatch>): Promise<void> {
  const types = Object.keys(given).flatMap((name) => CURED_BY[name as keyof SettingsPatch] ?? []);
  if (types.length > 0) await retryCured(connectionId, { types });
}
