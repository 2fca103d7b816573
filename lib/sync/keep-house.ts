import { forgetOldUsage } from "@/lib/store/call-budget";
import { resumeHealed } from "./resume-healed";

/** What every minute's look begins with, in the worker and in the cron route: who may go on again goes on. */
export async function keepHouse(): Promise<void> {
  await resumeHealed();
  await forgetOldUsage();
}
