import { forgetOldUsage } from "@/lib/store/call-budget";
import { noteStateCounts } from "@/lib/store/state-counts";
import { resumeHealed } from "./resume-healed";

/** What every minute's look begins with, in the worker and in the cron route: who may go on again goes on, and the hour's numbers are noted. */
export async function keepHouse(): Promise<void> {
  await resumeHealed();
  await forgetOldUsage();
  await noteStateCounts(new Date());
}
