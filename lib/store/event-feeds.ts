import { type DatabaseOrTransaction, getDatabase } from "./client";

/** How far one feed of HubSpot's events was read; moments in epoch ms. */
export type EventFeed = {
  name: string;
  doneUntil: number;
  wantedUntil: number;
  /** A reading that was cut short goes on below here */
  before: number | null;
  /** The newest event of that reading */
  top: number | null;
  tries: number;
};

/** A feed that nobody has read yet still moves its beginning to the oldest news of it. */
const NEVER_READ = -1;

/** Notes that contacts tell of newer events than were read. `start` counts for a feed that nobody has read yet. */
export async function noteFeedNews(
  db: DatabaseOrTransaction,
  connectionId: string,
  news: { name: string; at: number; start: number }[],
): Promise<void> {
  const newest = new Map<string, { name: string; at: number; start: number }>();
  for (const one of news) {
    const known = newest.get(one.name);
    newest.set(one.name, {
      name: one.name,
      at: Math.max(one.at, known?.at ?? 0),
      start: Math.min(one.start, known?.start ?? Number.POSITIVE_INFINITY),
    });
  }
  if (newest.size === 0) return;
  const rows = JSON.stringify(
    [...newest.values()].map(({ name, at, start }) => ({
      name,
      at: new Date(at).toISOString(),
      start: new Date(start).toISOString(),
    })),
  );
  await db.$executeRaw`
    INSERT INTO event_feed AS f (connection_id, name, done_until, wanted_until, tries)
    SELECT ${connectionId}::uuid, n.name, n.start, n.at, ${NEVER_READ} FROM jsonb_to_recordset(${rows}::jsonb) AS n(name text, at timestamptz, start timestamptz)
    ORDER BY n.name
    ON CONFLICT (connection_id, name) DO UPDATE SET wanted_until = GREATEST(f.wanted_until, EXCLUDED.wanted_until), updated_at = now(),
      done_until = CASE WHEN f.tries = ${NEVER_READ} THEN LEAST(f.done_until, EXCLUDED.done_until) ELSE f.done_until END,
      tries = LEAST(f.tries, 0)
    WHERE f.wanted_until < EXCLUDED.wanted_until OR (f.tries = ${NEVER_READ} AND EXCLUDED.done_until < f.done_until)`;
}

/** Feeds with events that were not read yet. */
export async function listOpenFeeds(connectionId: string): Promise<EventFeed[]> {
  const rows = await getDatabase().$queryRaw<
    { name: string; done_until: Date; wanted_until: Date; before: Date | null; top: Date | null; tries: number }[]
  >`SELECT name, done_until, wanted_until, before, top, tries FROM event_feed
    WHERE connection_id = ${connectionId}::uuid AND wanted_until > done_until ORDER BY name`;
  return rows.map((row) => ({
    name: row.name,
    doneUntil: row.done_until.getTime(),
    wantedUntil: row.wanted_until.getTime(),
    before: row.before?.getTime() ?? null,
    top: row.top?.getTime() ?? null,
    tries: row.tries,
  }));
}

/** A reading was cut short: everything from `before` up to `top`, its newest event, is saved. */
export async function saveFeedPlace(
  db: DatabaseOrTransaction,
  connectionId: string,
  name: string,
  { before, top }: { before: number; top: number },
): Promise<void> {
  await db.$executeRaw`
    UPDATE event_feed SET before = ${new Date(before)}, top = ${new Date(top)}, updated_at = now()
    WHERE connection_id = ${connectionId}::uuid AND name = ${name}`;
}

/** Readings that may miss what a contact told of before it is given up: not every conversion is a form's. */
const MOST_TRIES = 3;

/** The feed was read to its end; `found` = the newest event in it (epoch ms), null when there was none. */
export async function closeFeed(connectionId: string, feed: EventFeed, found: number | null): Promise<void> {
  // Contact and event are stamped by different parts of HubSpot: seconds apart at most.
  const isComplete = found !== null && found >= feed.wantedUntil - 60_000;
  const tries = Math.max(0, feed.tries) + 1;
  const gaveUp = tries >= MOST_TRIES;
  // What came while a reading was cut short lies above its top: the next reading begins there.
  const isResumed = feed.before !== null && feed.top !== null;
  const doneUntil = isResumed
    ? (feed.top ?? feed.doneUntil)
    : isComplete || gaveUp
      ? Math.max(feed.wantedUntil, found ?? 0)
      : feed.doneUntil;
  await getDatabase().$executeRaw`
    UPDATE event_feed SET done_until = GREATEST(done_until, ${new Date(doneUntil)}::timestamptz), before = NULL, top = NULL,
      tries = ${isResumed || isComplete || gaveUp ? 0 : tries}, updated_at = now()
    WHERE connection_id = ${connectionId}::uuid AND name = ${feed.name}`;
}
