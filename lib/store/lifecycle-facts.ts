import type { LifecycleFacts } from "@/lib/decide/lifecycle";
import { getDatabase } from "./client";

/**
 * What Salesforce tells of a person besides its fields: what came true and HubSpot was not told yet; `campaignNames` null =
 * not asked. The moments (epoch ms) are those of the newest role that was heard of.
 */
export type PersonFacts = LifecycleFacts & {
  campaignNames: string | null;
  openHeardAt: number | null;
  wonHeardAt: number | null;
};

/** By Salesforce id; people of whom nothing was told are absent. */
export async function readPersonFacts(connectionId: string, ids: string[]): Promise<Map<string, PersonFacts>> {
  if (ids.length === 0) return new Map();
  const rows = await getDatabase().lifecycleFact.findMany({ where: { connectionId, salesforceId: { in: ids } } });
  return new Map(
    rows.map(({ salesforceId, connectionId: _, openHeardAt, wonHeardAt, ...facts }) => [
      salesforceId,
      { ...facts, openHeardAt: openHeardAt?.getTime() ?? null, wonHeardAt: wonHeardAt?.getTime() ?? null },
    ]),
  );
}

/** When somebody's roles on open and on closed-won opportunities moved last, epoch ms; null = there is none. */
export type HeardRoles = { open: number | null; won: number | null };

/** L1: adds what came true; answers the ids of those for whom it is news. */
export async function addHeardRoles(connectionId: string, roles: ReadonlyMap<string, HeardRoles>): Promise<string[]> {
  if (roles.size === 0) return [];
  const rows = JSON.stringify(
    [...roles].map(([id, { open, won }]) => ({ id, open: stampOf(open), won: stampOf(won) })),
  );
  const changed = await getDatabase().$queryRaw<{ salesforce_id: string }[]>`
    INSERT INTO lifecycle_fact AS f (connection_id, salesforce_id, open_opportunity, won_opportunity, open_heard_at, won_heard_at)
    SELECT ${connectionId}::uuid, n.id, n.open IS NOT NULL, n.won IS NOT NULL, n.open, n.won
    FROM jsonb_to_recordset(${rows}::jsonb) AS n(id text, open timestamptz, won timestamptz) ORDER BY n.id
    ON CONFLICT (connection_id, salesforce_id) DO UPDATE SET
      open_opportunity = f.open_opportunity OR COALESCE(EXCLUDED.open_heard_at > COALESCE(f.open_heard_at, '-infinity'), false),
      won_opportunity = f.won_opportunity OR COALESCE(EXCLUDED.won_heard_at > COALESCE(f.won_heard_at, '-infinity'), false),
      open_heard_at = GREATEST(f.open_heard_at, EXCLUDED.open_heard_at), won_heard_at = GREATEST(f.won_heard_at, EXCLUDED.won_heard_at)
    WHERE EXCLUDED.open_heard_at > COALESCE(f.open_heard_at, '-infinity') OR EXCLUDED.won_heard_at > COALESCE(f.won_heard_at, '-infinity')
    RETURNING f.salesforce_id`;
  return changed.map((row) => row.salesforce_id);
}

function stampOf(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}

/** L1: contacts that came from their lead a moment ago. */
export async function addConversions(connectionId: string, salesforceIds: string[]): Promise<void> {
  if (salesforceIds.length === 0) return;
  await getDatabase().$executeRaw`
    INSERT INTO lifecycle_fact (connection_id, salesforce_id, converted)
    SELECT ${connectionId}::uuid, id, true FROM unnest(${salesforceIds}::text[]) AS id ORDER BY id
    ON CONFLICT (connection_id, salesforce_id) DO UPDATE SET converted = true`;
}

/**
 * HubSpot was told, or stood further already: from here on the stage is a person's to move. What was heard since the facts
 * were read stays to be told.
 */
export async function settleLifecycleFacts(
  connectionId: string,
  told: ReadonlyMap<string, PersonFacts>,
): Promise<void> {
  const open = [...told].filter(([, facts]) => facts.converted || facts.openOpportunity || facts.wonOpportunity);
  if (open.length === 0) return;
  const rows = JSON.stringify(
    open.map(([id, facts]) => ({ id, open: stampOf(facts.openHeardAt), won: stampOf(facts.wonHeardAt) })),
  );
  await getDatabase().$executeRaw`
    UPDATE lifecycle_fact f SET converted = false, open_opportunity = false, won_opportunity = false
    FROM jsonb_to_recordset(${rows}::jsonb) AS t(id text, open timestamptz, won timestamptz)
    WHERE f.connection_id = ${connectionId}::uuid AND f.salesforce_id = t.id
      AND f.open_heard_at IS NOT DISTINCT FROM t.open AND f.won_heard_at IS NOT DISTINCT FROM t.won`;
}

/** The lifecycle stage of HubSpot's contacts as last read, by their partner's Salesforce id; lone ones are absent. */
export async function readStages(connectionId: string, salesforceIds: string[]): Promise<Map<string, string>> {
  const rows = await getDatabase().$queryRaw<{ salesforce_id: string; stage: string | null }[]>`
    SELECT salesforce_id, COALESCE(hubspot_seen, hubspot_base)->>'lifecyclestage' AS stage FROM sync_record
    WHERE connection_id = ${connectionId}::uuid AND object = 'contact' AND salesforce_id = ANY(${salesforceIds}) AND hubspot_id IS NOT NULL`;
  return new Map(rows.map((row) => [row.salesforce_id, row.stage ?? ""]));
}

/** K1: answers the ids of those whose campaigns are not the same as before. */
export async function saveCampaignNames(connectionId: string, names: ReadonlyMap<string, string>): Promise<string[]> {
  if (names.size === 0) return [];
  const rows = JSON.stringify([...names].map(([id, text]) => ({ id, text })));
  const changed = await getDatabase().$queryRaw<{ salesforce_id: string }[]>`
    INSERT INTO lifecycle_fact AS f (connection_id, salesforce_id, campaign_names)
    SELECT ${connectionId}::uuid, n.id, n.text FROM jsonb_to_recordset(${rows}::jsonb) AS n(id text, text text) ORDER BY n.id
    ON CONFLICT (connection_id, salesforce_id) DO UPDATE SET campaign_names = EXCLUDED.campaign_names
    WHERE f.campaign_names IS DISTINCT FROM EXCLUDED.campaign_names
    RETURNING f.salesforce_id`;
  return changed.map((row) => row.salesforce_id);
}
