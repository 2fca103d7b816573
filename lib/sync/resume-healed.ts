import { hasRoom } from "@/lib/store/call-budget";
import { withPurpose } from "@/lib/store/call-purpose";
import { listSuspendedFor } from "@/lib/store/suspended-connections";
import { resumeSync } from "./change-connection";

/**
 * E5: a connection that waits for API calls of the day goes on by itself once both systems answer again; asked each
 * minute, the side that refused first. What needs a person (a sign-in, a permission) waits for the person. Answers who goes on.
 */
export async function resumeHealed(): Promise<string[]> {
  const resumed: string[] = [];
  for (const connectionId of await listSuspendedFor("daily_limit_reached")) {
    if (!(await hasRoom(connectionId))) continue;
    const result = await withPurpose({ reason: "check" }, () => resumeSync(connectionId));
    if (result.kind === "resumed") resumed.push(connectionId);
  }
  return resumed;
}
