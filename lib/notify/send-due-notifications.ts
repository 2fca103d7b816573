import { getLog } from "@/lib/server/log";
import { listAlarms, readDigestFacts } from "@/lib/store/digest-queries";
import {
  claimMails,
  type DueMail,
  dropOldMails,
  listRecipients,
  noteDigest,
  noteMailProblem,
  noteMailSent,
  queueMails,
  type Recipient,
} from "@/lib/store/notifications";
import { defaultChoice } from "./choices";
import { readDigestSpan } from "./digest-time";
import { isMailReady } from "./mail-settings";
import { type Letter, sendMail } from "./send-mail";
import { toMailLanguage } from "./words";
import {
  type BrakeFacts,
  type DigestLetterFacts,
  type SuspendedFacts,
  writeBrakeWaiting,
  writeDigest,
  writeSuspended,
} from "./write-letters";

const KEPT_MS = 90 * 24 * 3_600_000;
/** A digest that missed its time by more than this (no worker ran) is left out. */
const LATE_MS = 24 * 3_600_000;
const AT_ONCE = 20;

/**
 * Tells people what they asked to be told: alarms at once, digests at their hour. To be called once a minute, from any
 * number of processes: an event is queued once per person, and a mail is sent by whoever took it. Without a mail server
 * nothing is queued, so that setting one up later brings no flood. Answers how many e-mails went out. Never throws.
 */
export async function sendDueNotifications(now: Date): Promise<number> {
  if (!isMailReady()) return 0;
  try {
    const recipients = await listRecipients();
    await queueAlarms(recipients, now);
    for (const recipient of recipients) await queueDigest(recipient, now);
    const sent = await sendQueued(now);
    await dropOldMails(new Date(now.getTime() - KEPT_MS));
    return sent;
  } catch (error) {
    getLog().error({ err: error }, "Notifications could not be sent");
    return 0;
  }
}

async function queueAlarms(recipients: Recipient[], now: Date): Promise<void> {
  const told = recipients.filter(({ choice, role }) => (choice ?? defaultChoice(role)).instant);
  const alarms = await listAlarms();
  const mails = alarms.flatMap(({ key, kind, at, facts }) =>
    told.map(({ userId }) => ({ key: `${key}:${userId}`, userId, kind, facts: { ...facts, at: at.toISOString() } })),
  );
  await queueMails(mails, now);
}

async function queueDigest({ userId, choice }: Recipient, now: Date): Promise<void> {
  if (!choice || choice.digest === "off") return;
  const { from, to } = readDigestSpan(choice.digest, choice.timeZone, now);
  if (choice.lastDigestAt && choice.lastDigestAt.getTime() >= to.getTime()) return;
  if (!(await noteDigest(userId, to)) || now.getTime() - to.getTime() > LATE_MS) return;
  const span = { from: from.toISOString(), to: to.toISOString() };
  const facts = { ...(await readDigestFacts(from, to)), ...span, kind: choice.digest };
  await queueMails([{ key: `digest:${span.to}:${userId}`, userId, kind: "digest", facts }], now);
}

async function sendQueued(now: Date): Promise<number> {
  let sent = 0;
  for (const mail of await claimMails(now, AT_ONCE)) {
    const letter = writeLetter(mail);
    if (!letter) {
      await noteMailProblem(mail.id, `Nothing is known of the kind ${mail.kind}`);
      continue;
    }
    const result = await sendMail(letter, mail.id);
    if (result.kind === "sent") {
      await noteMailSent(mail.id, now);
      sent += 1;
    } else if (result.kind === "failed") {
      await noteMailProblem(mail.id, result.problem);
      getLog().warn({ problem: result.problem }, "An e-mail could not be sent; it is tried again");
    }
  }
  return sent;
}

/** Null for a kind that an older or newer version wrote. */
function writeLetter({ kind, facts, email, language, timeZone }: DueMail): Letter | null {
  const reader = { email, timeZone, language: toMailLanguage(language) };
  if (kind === "suspended") return writeSuspended(reader, facts as SuspendedFacts);
  if (kind === "brake_waiting") return writeBrakeWaiting(reader, facts as BrakeFacts);
  if (kind === "digest") return writeDigest(reader, facts as DigestLetterFacts);
  return null;
}
