import type { LifecycleFacts } from "@/lib/decide/lifecycle";
import { getDatabase } from "./client";

/** What Salesforce tells of a person besides its fields; `campaignNames` null = not asked. */
export type PersonFacts = LifecycleFacts & { campaignNames: string | null };

/** By Salesforce id; people of whom nothing was told are absent. */
export async function readPersonFacts(connectionId: string, ids: string[]): Promise<Map<string, PersonFacts>> {
  if (ids.length === 0) return new Map();
  const rows = await getDatabase().lifecycleFact.findMany({ where: { connectionId, salesforceId: { in: ids } } });
  return new Map(rows.map(({ salesforceId, connectionId: _, ...facts }) => [salesforceId, facts]));
}

/** L1: adds what came true; answers the ids of those for whom it is new. Facts are never taken back. */
export async function addLifecycleFacts(
  connectionId: string,
  facts: ReadonlyMap<string, Partial<LifecycleFacts>>,
): Promise<string[]> {
  if (facts.size === 0) return [];
  const rows = JSON.stringify(
    [...facts].map(([id, fact]) => ({
      id,
      converted: fact.converted ?? false,
      open: fact.openOpportunity ?? false,
      won: fact.wonOpportunity ?? false,
    })),
  );
  const changed = await getDatabase().$queryRaw<{ salesforce_id: string }[]>`
    INSERT INTO lifecycle_fact AS f (connection_id, salesforce_id, converted, open_opportunity, won_opportunity)
    SELECT ${connectionId}::uuid, n.id, n.converted, n.open, n.won
    FROM jsonb_to_recordset(${rows}::jsonb) AS n(id text, converted boolean, open boolean, won boolean) ORDER BY n.id
    ON CONFLICT (connection_id, salesforce_id) DO UPDATE SET converted = f.converted OR EXCLUDED.converted,
      open_opportunity = f.open_opportunity OR EXCLUDED.open_opportunity, won_opportunity = f.won_opportunity OR EXCLUDED.won_opportunity
    WHERE (EXCLUDED.converted AND NOT f.converted) OR (EXCLUDED.open_opportunity AND NOT f.open_opportunity)
      OR (EXCLUDED.won_opportunity AND NOT f.won_opportunity)
    RETURNING f.salesforce_id`;
  return changed.map((row) => row.salesforce_id);
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
