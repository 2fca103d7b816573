import { getDatabase } from "./client";
import type { Prisma } from "./generated/client";

export type Digest = "off" | "daily" | "weekly";
/** What one person wants to be told. `timeZone`: an IANA name; digests come at eight there. */
export type NotificationChoice = { instant: boolean; digest: Digest; timeZone: string; lastDigestAt: Date | null };

/** An active person with their choice; null = never chosen. */
export type Recipient = {
  userId: string;
  email: string;
  role: string;
  language: string | null;
  choice: NotificationChoice | null;
};

/** One e-mail that is ours to send now. */
export type DueMail = {
  id: string;
  kind: string;
  facts: unknown;
  email: string;
  language: string | null;
  timeZone: string;
};

/** Then the mail server had about eleven hours to take it. */
const MAX_ATTEMPTS = 10;

export async function readNotificationChoice(userId: string): Promise<NotificationChoice | null> {
  const row = await getDatabase().notificationChoice.findUnique({ where: { userId } });
  return row ? toChoice(row) : null;
}

export async function saveNotificationChoice(userId: string, choice: NotificationChoice): Promise<void> {
  await getDatabase().notificationChoice.upsert({ where: { userId }, create: { userId, ...choice }, update: choice });
}

/** Everybody who may sign in. */
export async function listRecipients(): Promise<Recipient[]> {
  const database = getDatabase();
  const [users, choices] = await Promise.all([
    database.user.findMany({
      where: { deactivatedAt: null },
      select: { id: true, email: true, role: true, language: true },
    }),
    database.notificationChoice.findMany(),
  ]);
  const byUser = new Map(choices.map((choice) => [choice.userId, toChoice(choice)]));
  return users.map(({ id, ...user }) => ({ ...user, userId: id, choice: byUser.get(id) ?? null }));
}

/** Puts e-mails in the queue; one that stands there under the same key, sent or not, is not put in again. Due at `now`. */
export async function queueMails(
  mails: { key: string; userId: string; kind: string; facts: Record<string, unknown> }[],
  now: Date,
): Promise<void> {
  if (mails.length === 0) return;
  const data = mails.map((mail) => ({
    ...mail,
    facts: mail.facts as Prisma.InputJsonObject,
    createdAt: now,
    nextAttemptAt: now,
  }));
  await getDatabase().outgoingMail.createMany({ data, skipDuplicates: true });
}

/** Notes that the digest up to `at` was queued; false when somebody else did so first. */
export async function noteDigest(userId: string, at: Date): Promise<boolean> {
  const { count } = await getDatabase().notificationChoice.updateMany({
    where: { userId, OR: [{ lastDigestAt: null }, { lastDigestAt: { lt: at } }] },
    data: { lastDigestAt: at },
  });
  return count > 0;
}

/**
 * Takes up to `limit` e-mails whose time has come. Each is ours alone; it comes back by itself after 2, 4, 8 … minutes, at
 * most two hours, unless it is noted as sent before.
 */
export async function claimMails(now: Date, limit: number): Promise<DueMail[]> {
  return getDatabase().$queryRaw<DueMail[]>`
    WITH mine AS (
      SELECT m.id FROM outgoing_mail m JOIN "user" u ON u.id = m.user_id
      WHERE m.sent_at IS NULL AND m.attempts < ${MAX_ATTEMPTS} AND m.next_attempt_at <= ${now} AND u.deactivated_at IS NULL
      ORDER BY m.next_attempt_at LIMIT ${limit} FOR UPDATE OF m SKIP LOCKED),
    taken AS (
      UPDATE outgoing_mail m SET attempts = m.attempts + 1,
        next_attempt_at = ${now}::timestamptz + LEAST(interval '2 hours', interval '1 minute' * power(2, m.attempts + 1))
      FROM mine WHERE m.id = mine.id RETURNING m.*)
    SELECT t.id, t.kind, t.facts, u.email, u.language, COALESCE(c.time_zone, 'UTC') AS "timeZone"
    FROM taken t JOIN "user" u ON u.id = t.user_id LEFT JOIN notification_choice c ON c.user_id = u.id`;
}

export async function noteMailSent(id: string, at: Date): Promise<void> {
  await getDatabase().outgoingMail.updateMany({ where: { id }, data: { sentAt: at, lastProblem: null } });
}

export async function noteMailProblem(id: string, problem: string): Promise<void> {
  await getDatabase().outgoingMail.updateMany({ where: { id }, data: { lastProblem: problem } });
}

/** The newest problem of e-mails to this person that are not out yet; null when there is none. */
export async function readMailProblem(userId: string): Promise<string | null> {
  const row = await getDatabase().outgoingMail.findFirst({
    where: { userId, sentAt: null, lastProblem: { not: null } },
    orderBy: { createdAt: "desc" },
    select: { lastProblem: true },
  });
  return row?.lastProblem ?? null;
}

/** Forgets e-mails that were queued before this moment. */
export async function dropOldMails(before: Date): Promise<void> {
  await getDatabase().outgoingMail.deleteMany({ where: { createdAt: { lt: before } } });
}

type Row = { instant: boolean; digest: string; timeZone: string; lastDigestAt: Date | null };

function toChoice({ instant, digest, timeZone, lastDigestAt }: Row): NotificationChoice {
  return { instant, timeZone, lastDigestAt, digest: digest === "daily" || digest === "weekly" ? digest : "off" };
}
