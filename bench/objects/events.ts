import type { SyncObject } from "@/lib/decide/record-types";
import { querySql } from "../world/engine";
import type { Json } from "../world/sandboxes";
import type { Parent } from "./kinds";
import type { World } from "./measure";

/**
 * What HubSpot keeps as events and not as records: made one by one by what people do, read by APIs of their own, and
 * standing in Salesforce only.
 */
export type EventKind = {
  object: SyncObject;
  /** Where it stands in Salesforce */
  type: "Task" | "CampaignMember";
  /** What one person does */
  act: (parent: Parent) => { action: string } & Json;
};

export const CAMPAIGN = "Benchmark";

export const EVENT_KINDS: readonly EventKind[] = [
  { object: "form_submission", type: "Task", act: ({ email }) => ({ action: "submitForm", email }) },
  {
    object: "marketing_email",
    type: "Task",
    act: ({ contactId }) => ({ action: "sendMarketingEmail", id: contactId }),
  },
  { object: "document_view", type: "Task", act: ({ contactId }) => ({ action: "viewDocument", id: contactId }) },
  {
    object: "campaign_member",
    type: "CampaignMember",
    act: ({ email }) => ({ action: "submitForm", email, formName: CAMPAIGN }),
  },
];

export async function actAll({ sandboxes }: World, kind: EventKind, parents: readonly Parent[]): Promise<void> {
  for (const parent of parents) await sandboxes.send("hubspot", "POST", "/__sandbox/act", kind.act(parent));
}

/** @throws Error when not each of them stands in Salesforce, once and in sync. */
export async function verifyEvents(
  { sandboxes, databaseUrl }: World,
  { object, type }: EventKind,
  before: number,
  count: number,
): Promise<void> {
  const grown = (await countIn(sandboxes, type)) - before;
  const rows = await querySql<{ state: string; rows: number; partners: number }>(
    databaseUrl,
    `SELECT state, count(*)::int AS rows, count(DISTINCT salesforce_id)::int AS partners FROM sync_record
     WHERE object = '${object}' GROUP BY state`,
  );
  const synced = rows.find((row) => row.state === "in_sync");
  if (rows.length !== 1 || synced?.rows !== count || synced.partners !== count || grown < count)
    throw new Error(`${object}: ${grown} new records of ${type} for ${JSON.stringify(rows)} instead of ${count}`);
}

export async function countIn(sandboxes: World["sandboxes"], type: string): Promise<number> {
  const where = `/services/data/v67.0/query?q=${encodeURIComponent(`SELECT COUNT() FROM ${type}`)}`;
  return (await sandboxes.send<{ totalSize: number }>("salesforce", "GET", where)).totalSize;
}
