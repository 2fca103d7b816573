import type { SignedIn } from "@/lib/access/read-session";
import type { Notifications } from "@/lib/contracts/notifications";
import { readChoice } from "@/lib/notify/choices";
import { readMailSender } from "@/lib/notify/mail-settings";
import { readMailProblem } from "@/lib/store/notifications";

export async function viewNotifications({ userId, role, email }: SignedIn): Promise<Notifications> {
  const { instant, digest, timeZone } = await readChoice(userId, role);
  const sender = readMailSender();
  const problem = await readMailProblem(userId);
  return { mailReady: sender !== null, sender, email, instant, digest, timeZone, problem };
}
