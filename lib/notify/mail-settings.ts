import { readEnv } from "@/lib/server/env";

/** Whether e-mails can be sent at all. */
export function isMailReady(): boolean {
  return readEnv().mail !== undefined;
}

/** The sender, for pages; null when no mail server is set. */
export function readMailSender(): string | null {
  return readEnv().mail?.from ?? null;
}
