import { getLog } from "@/lib/server/log";
import { renderMail } from "./render-mail";
import { sendMail } from "./send-mail";
import { formatMoment, mailWords, toMailLanguage } from "./words";

type LinkMail = { link: string; to: string; language: string | null; by: string; expiresAt: Date };

/**
 * Sends the link of an invitation or of a new password. It is sent at once and kept nowhere, because whoever reads it can
 * use it. False when it did not go out; then the link has to reach the person in another way.
 */
export async function mailLink(purpose: "invite" | "password", wish: LinkMail): Promise<boolean> {
  const language = toMailLanguage(wish.language);
  const t = mailWords(language);
  const until = formatMoment(wish.expiresAt, language, "UTC");
  const content = {
    subject: t(`${purpose}.subject`, { by: wish.by }),
    paragraphs: [t(`${purpose}.what`, { by: wish.by })],
    button: { label: t(`${purpose}.button`), url: wish.link },
    note: t(`${purpose}.note`, { until }),
  };
  const result = await sendMail({ to: wish.to, ...renderMail(content, language) });
  if (result.kind === "failed") getLog().warn({ problem: result.problem }, "A link could not be sent by e-mail");
  return result.kind === "sent";
}
