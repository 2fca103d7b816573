import { getDatabase } from "./client";

/** A form or a marketing email of HubSpot. */
export type EventSource = { id: string; name: string; subject: string };
export type EventSourceKind = "form" | "marketing_email";

/** What is kept of them by id; `ids` left out = all. */
export async function readSources(
  connectionId: string,
  kind: EventSourceKind,
  ids?: string[],
): Promise<Map<string, EventSource>> {
  const rows = await getDatabase().eventSource.findMany({
    where: { connectionId, kind, ...(ids ? { id: { in: ids } } : {}) },
    orderBy: { id: "asc" },
  });
  return new Map(rows.map(({ id, name, subject }) => [id, { id, name, subject }]));
}

/** Keeps names; sources that are gone from HubSpot stay known, their events may still come. */
export async function saveSources(connectionId: string, kind: EventSourceKind, sources: EventSource[]): Promise<void> {
  if (sources.length === 0) return;
  await getDatabase().$executeRaw`
    INSERT INTO event_source AS s (connection_id, kind, id, name, subject)
    SELECT ${connectionId}::uuid, ${kind}, n.id, n.name, n.subject
    FROM jsonb_to_recordset(${JSON.stringify(sources)}::jsonb) AS n(id text, name text, subject text) ORDER BY n.id
    ON CONFLICT (connection_id, kind, id) DO UPDATE SET name = EXCLUDED.name, subject = EXCLUDED.subject, fetched_at = now()`;
}
