import { SALESFORCE_TYPES_OF } from "@/lib/decide/record-types";
import { querySql } from "../world/engine";
import type { Sandboxes, Side } from "../world/sandboxes";
import type { Kind, Parent } from "./kinds";

const HUBSPOT_BATCH = 100;
const SALESFORCE_BATCH = 200;
/** Longer than the search index of HubSpot lags. */
const INDEX_LAG_MS = 5_000;
const DATA = "/services/data/v67.0";

type Batches = { sandboxes: Sandboxes; kind: Kind };

/** The token that stands in the n-th record after one step. */
export function tokenOf(tag: string, n: number): string {
  return `${tag}-${n}.`;
}

export async function createInHubSpot({ sandboxes, kind }: Batches, tag: string, count: number, parents: Parent[]) {
  const { hubspot } = kind;
  const inputs = Array.from({ length: count }, (_, n) => ({
    properties: {
      ...hubspot.fill(n, tokenOf(tag, n)),
      ...(hubspot.isOwned ? { hubspot_owner_id: parents[n]?.ownerId } : {}),
    },
    associations: linksOf(kind, parents[n]),
  }));
  return sendToHubSpot({ sandboxes, kind }, "create", inputs);
}

/** A HubSpot owner who is an active user of Salesforce too. @throws Error when there is none */
export async function findOwner(sandboxes: Sandboxes): Promise<string> {
  const query = `${DATA}/query?q=${encodeURIComponent("SELECT Email FROM User WHERE IsActive = true")}`;
  const [owners, users] = await Promise.all([
    sandboxes.send<{ results: { id: string; email: string }[] }>("hubspot", "GET", "/crm/v3/owners"),
    sandboxes.send<{ records: { Email: string }[] }>("salesforce", "GET", query),
  ]);
  const emails = new Set(users.records.map((user) => user.Email.toLowerCase()));
  const owner = owners.results.find(({ email }) => emails.has(email.toLowerCase()));
  if (!owner) throw new Error("No owner of HubSpot is a user of Salesforce");
  return owner.id;
}

function linksOf({ hubspot: { links } }: Kind, parent: Parent | undefined): object[] {
  const link = (id: string | undefined, associationTypeId: number | undefined) =>
    id === undefined || associationTypeId === undefined
      ? []
      : [{ to: { id }, types: [{ associationCategory: "HUBSPOT_DEFINED", associationTypeId }] }];
  return [...link(parent?.contactId, links.contact), ...link(parent?.companyId, links.company)];
}

export async function editInHubSpot({ sandboxes, kind }: Batches, ids: string[], tag: string): Promise<void> {
  const inputs = ids.map((id, n) => ({ id, properties: { [kind.hubspot.token]: tokenOf(tag, n) } }));
  await sendToHubSpot({ sandboxes, kind }, "update", inputs);
}

export async function touchInHubSpot({ sandboxes, kind }: Batches, ids: string[]): Promise<void> {
  const inputs = ids.map((id) => ({ id, properties: kind.hubspot.touch }));
  await sendToHubSpot({ sandboxes, kind }, "update", inputs);
}

/** Limits are lifted while filling. */
async function sendToHubSpot({ sandboxes, kind }: Batches, verb: "create" | "update", inputs: object[]) {
  await sandboxes.send("hubspot", "PUT", "/__sandbox/limits", { enforce: false });
  const ids: string[] = [];
  for (let start = 0; start < inputs.length; start += HUBSPOT_BATCH) {
    const body = { inputs: inputs.slice(start, start + HUBSPOT_BATCH) };
    const path = `/crm/v3/objects/${kind.hubspot.type}/batch/${verb}`;
    const { results } = await sandboxes.send<{ results: { id: string }[] }>("hubspot", "POST", path, body);
    ids.push(...results.map(({ id }) => id));
  }
  await sandboxes.send("hubspot", "PUT", "/__sandbox/limits", { enforce: true });
  return ids;
}

export async function createInSalesforce({ sandboxes, kind }: Batches, tag: string, count: number, parents: Parent[]) {
  const { type, fill, belongsTo, hasRole } = kind.salesforce;
  const records = Array.from({ length: count }, (_, n) => {
    const parent = parents[n];
    return { attributes: { type }, ...fill(n, tokenOf(tag, n)), ...(parent && belongsTo?.(parent)) };
  });
  const ids = await sendToSalesforce(sandboxes, "POST", records);
  if (hasRole) {
    const attributes = { type: "OpportunityContactRole" };
    const roles = ids.map((OpportunityId, n) => ({ attributes, OpportunityId, ContactId: parents[n]?.salesforceId }));
    await sendToSalesforce(sandboxes, "POST", roles);
  }
  return ids;
}

export async function editInSalesforce({ sandboxes, kind }: Batches, ids: string[], tag: string): Promise<void> {
  const { type, token, fill } = kind.salesforce;
  const records = ids.map((Id, n) => ({ attributes: { type }, Id, [token]: fill(n, tokenOf(tag, n))[token] }));
  await sendToSalesforce(sandboxes, "PATCH", records);
}

async function sendToSalesforce(sandboxes: Sandboxes, method: "POST" | "PATCH", records: object[]): Promise<string[]> {
  const ids: string[] = [];
  for (let start = 0; start < records.length; start += SALESFORCE_BATCH) {
    const body = { allOrNone: false, records: records.slice(start, start + SALESFORCE_BATCH) };
    const path = `${DATA}/composite/sobjects`;
    const answer = await sandboxes.send<{ id: string; success: boolean }[]>("salesforce", method, path, body);
    const refused = answer.find((one) => !one.success);
    if (refused) throw new Error(`Salesforce refused a record of the sample: ${JSON.stringify(refused)}`);
    ids.push(...answer.map((one) => one.id));
  }
  return ids;
}

/** How many records of this kind's types each side has, once the search index has caught up. */
export async function countRecords({ sandboxes, kind }: Batches): Promise<Record<Side, number>> {
  await sandboxes.advance(INDEX_LAG_MS);
  const hubspotPath = `/crm/v3/objects/${kind.hubspot.type}/search`;
  const hubspot = await sandboxes.send<{ total: number }>("hubspot", "POST", hubspotPath, { limit: 1 });
  let salesforce = 0;
  for (const type of SALESFORCE_TYPES_OF[kind.object]) {
    const query = `${DATA}/query?q=${encodeURIComponent(`SELECT COUNT() FROM ${type}`)}`;
    salesforce += (await sandboxes.send<{ totalSize: number }>("salesforce", "GET", query)).totalSize;
  }
  return { hubspot: hubspot.total, salesforce };
}

export type Pair = { hubspotId: string; salesforceId: string };

/**
 * The partner of each record, in order, once it is known that both hold what the step wrote.
 *
 * @throws Error when a record has no partner, shares one, is not in sync or holds something else.
 */
export async function verifyPairs(
  { sandboxes, kind, databaseUrl }: Batches & { databaseUrl: string },
  from: Side,
  ids: string[],
  tag: string,
): Promise<Pair[]> {
  const rows = await querySql<Pair & { state: string }>(
    databaseUrl,
    `SELECT hubspot_id AS "hubspotId", salesforce_id AS "salesforceId", state FROM sync_record
     WHERE object = '${kind.object}' AND hubspot_id IS NOT NULL AND salesforce_id IS NOT NULL`,
  );
  const key = from === "hubspot" ? "hubspotId" : "salesforceId";
  const byId = new Map(rows.map((row) => [row[key], row]));
  const pairs = ids.map((id): Pair => {
    const row = byId.get(id);
    if (row?.state !== "in_sync") throw new Error(`${kind.object} ${id} is ${row ? row.state : "without a partner"}`);
    return row;
  });
  for (const side of ["hubspotId", "salesforceId"] as const) {
    if (new Set(pairs.map((pair) => pair[side])).size !== ids.length)
      throw new Error(`Two ${kind.object} share a partner`);
  }
  const held = await Promise.all([readHubSpot(sandboxes, kind, pairs), readSalesforce(sandboxes, kind, pairs)]);
  for (const values of held) {
    pairs.forEach(({ hubspotId, salesforceId }, n) => {
      const value = values.get(hubspotId) ?? values.get(salesforceId) ?? "";
      if (!value.includes(tokenOf(tag, n)))
        throw new Error(`${kind.object} ${hubspotId} / ${salesforceId} holds "${value}", not ${tokenOf(tag, n)}`);
    });
  }
  return pairs;
}

async function readHubSpot(sandboxes: Sandboxes, { hubspot }: Kind, pairs: Pair[]): Promise<Map<string, string>> {
  const values = new Map<string, string>();
  await sandboxes.send("hubspot", "PUT", "/__sandbox/limits", { enforce: false });
  for (let start = 0; start < pairs.length; start += HUBSPOT_BATCH) {
    const inputs = pairs.slice(start, start + HUBSPOT_BATCH).map(({ hubspotId }) => ({ id: hubspotId }));
    const path = `/crm/v3/objects/${hubspot.type}/batch/read`;
    const body = { properties: [hubspot.token], inputs };
    type Answer = { results: { id: string; properties: Record<string, string | null> }[] };
    const { results } = await sandboxes.send<Answer>("hubspot", "POST", path, body);
    for (const { id, properties } of results) values.set(id, properties[hubspot.token] ?? "");
  }
  await sandboxes.send("hubspot", "PUT", "/__sandbox/limits", { enforce: true });
  return values;
}

async function readSalesforce(sandboxes: Sandboxes, kind: Kind, pairs: Pair[]): Promise<Map<string, string>> {
  const { token } = kind.salesforce;
  const values = new Map<string, string>();
  const isLead = pairs[0]?.salesforceId.startsWith("00Q") === true;
  const type = kind.object === "contact" ? (isLead ? "Lead" : "Contact") : kind.salesforce.type;
  for (let start = 0; start < pairs.length; start += SALESFORCE_BATCH) {
    const ids = pairs.slice(start, start + SALESFORCE_BATCH).map(({ salesforceId }) => `'${salesforceId}'`);
    const soql = `SELECT Id,${token} FROM ${type} WHERE Id IN (${ids.join(",")})`;
    const path = `${DATA}/query?q=${encodeURIComponent(soql)}`;
    const { records } = await sandboxes.send<{ records: Record<string, unknown>[] }>("salesforce", "GET", path);
    for (const record of records) values.set(String(record.Id), String(record[token] ?? ""));
  }
  return values;
}
