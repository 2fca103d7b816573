import { readChoice } from "@/lib/notify/choices";
import { sendMail } from "@/lib/notify/send-mail";
import { toMailLanguage } from "@/lib/notify/words";
import { writeTest } from "@/lib/notify/write-letters";
import { Refusal } from "@/lib/server/problem";
import { defineRoute } from "@/lib/server/route";
import { requirePerson } from "../require-person";

/** Sends a test e-mail to whoever asks and tells what the mail server said. */
export const POST = defineRoute({
  allow: "read",
  handle: async ({ caller }) => {
    const { userId, role, email, language } = requirePerson(caller);
    const { timeZone } = await readChoice(userId, role);
    const result = await sendMail(writeTest({ email, timeZone, language: toMailLanguage(language) }));
    if (result.kind === "not_set") throw new Refusal("mail_not_set");
    if (result.kind === "failed") throw new Refusal("mail_refused", { detail: result.problem });
    return { sentTo: email };
  },
});
