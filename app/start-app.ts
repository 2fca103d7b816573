import { createFirstAdmin } from "@/lib/access/first-admin";
import { EnvError, readEnv } from "@/lib/server/env";
import { getLog } from "@/lib/server/log";
import { pingDatabase } from "@/lib/store/client";
import { startProcess } from "./start-process";

const RETRY_MS = 3_000;

/**
 * Start of the web process: refuses to run with missing or wrong settings; waits in the background for a database that is
 * not there yet (/api/ready says so meanwhile), then sees to the first administrator.
 */
export function startApp(): void {
  try {
    startProcess();
  } catch (error) {
    if (!(error instanceof EnvError)) throw error;
    // Plain text for the person at the console; a stack would hide the cure.
    console.error(error.message);
    process.exit(1);
  }
  void welcomeFirstAdmin();
}

async function welcomeFirstAdmin(): Promise<void> {
  let told = "";
  for (;;) {
    const condition = await pingDatabase();
    if (condition.state === "ready") break;
    if (condition.message !== told) getLog().error(condition.message);
    told = condition.message;
    await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
  }
  try {
    const result = await createFirstAdmin();
    if (result === "made") getLog().info({ email: readEnv().firstAdmin?.email }, "The first administrator was created");
    if (result === "not_set") {
      getLog().warn(
        "Nobody can sign in yet. Set KAKEHASHI_ADMIN_EMAIL and KAKEHASHI_ADMIN_PASSWORD (12 characters or more) and start again.",
      );
    }
  } catch (error) {
    getLog().error({ err: error }, "The first administrator could not be created");
  }
}
