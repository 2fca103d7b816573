import { createTransport } from "nodemailer";
import { readEnv } from "@/lib/server/env";
import { redactText } from "@/lib/server/log";

export type Letter = { to: string; subject: string; text: string; html: string };

/** How it ended; `problem` in the mail server's own words, without secrets. */
export type SendResult = { kind: "sent" } | { kind: "not_set" } | { kind: "failed"; problem: string };

/** A mail server that says nothing for so long is taken as gone; the mail is tried again later. */
const SILENCE_MS = 15_000;

/** Hands one e-mail to the mail server. `id` makes its Message-ID, so that a second try is recognised. Never throws. */
export async function sendMail(letter: Letter, id: string = crypto.randomUUID()): Promise<SendResult> {
  const { mail, publicUrl } = readEnv();
  if (!mail) return { kind: "not_set" };
  const transport = createTransport({
    url: mail.smtpUrl,
    connectionTimeout: SILENCE_MS,
    greetingTimeout: SILENCE_MS,
    socketTimeout: SILENCE_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  try {
    await transport.sendMail({
      from: mail.from,
      ...letter,
      messageId: `<${id}@${new URL(publicUrl).hostname}>`,
      // Answering machines stay quiet (RFC 3834).
      headers: { "Auto-Submitted": "auto-generated" },
    });
    return { kind: "sent" };
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    return { kind: "failed", problem: redactText(problem).slice(0, 300) };
  } finally {
    transport.close();
  }
}
