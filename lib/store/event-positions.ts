import { type DatabaseOrTransaction, getDatabase } from "./client";

/**
 * listening · limit_reached: the org's events of the day are used up · not_allowed: no channel may be heard ·
 * unreachable: tried again soon
 */
export type ListenerState = "listening" | "limit_reached" | "not_allowed" | "unreachable";

export type EventListener = {
  state: ListenerState;
  /** Salesforce's own words, or the channels that it refused */
  detail: string;
  retryAt: Date | null;
  lastEventAt: Date | null;
  updatedAt: Date;
};

/** The last event taken up per channel. */
export async function readEventPositions(connectionId: string): Promise<Map<string, number>> {
  const rows = await getDatabase().eventPosition.findMany({ where: { connectionId } });
  return new Map(rows.map((row) => [row.channel, Number(row.replayId)]));
}

/** Saved together with what the events said: neither is ever ahead of the other. */
export async function saveEventPositions(
  db: DatabaseOrTransaction,
  connectionId: string,
  positions: ReadonlyMap<string, number>,
): Promise<void> {
  for (const [channel, replayId] of positions) {
    await db.$executeRaw`
      INSERT INTO event_position (connection_id, channel, replay_id) VALUES (${connectionId}::uuid, ${channel}, ${BigInt(replayId)})
      ON CONFLICT (connection_id, channel) DO UPDATE SET replay_id = EXCLUDED.replay_id, updated_at = now()`;
  }
}

export async function forgetEventPosition(connectionId: string, channel: string): Promise<void> {
  await getDatabase().eventPosition.deleteMany({ where: { connectionId, channel } });
}

/** Null while nobody ever listened. */
export async function readEventListener(connectionId: string): Promise<EventListener | null> {
  const row = await getDatabase().eventListener.findUnique({ where: { connectionId } });
  return row ? { ...row, state: row.state as ListenerState } : null;
}

export async function saveListenerState(
  connectionId: string,
  state: ListenerState,
  detail: string,
  retryAt: Date | null,
): Promise<void> {
  const data = { state, detail: detail.slice(0, 2_000), retryAt, updatedAt: new Date() };
  await getDatabase().eventListener.upsert({
    where: { connectionId },
    create: { connectionId, ...data },
    update: data,
  });
}

export async function noteEventHeard(db: DatabaseOrTransaction, connectionId: string): Promise<void> {
  await db.$executeRaw`UPDATE event_listener SET last_event_at = now() WHERE connection_id = ${connectionId}::uuid`;
}
