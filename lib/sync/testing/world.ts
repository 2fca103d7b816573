import type { CronResult } from "@/lib/contracts/overview";
import type { ConnectionSettings } from "@/lib/decide/connection-settings";
import { closeDatabase, connectDatabase } from "@/lib/store/client";
import { findConnection, readConnection, saveAccount, saveSettings } from "@/lib/store/connections";
import { configureTokenSources } from "@/lib/sync/open-crms";
import { prepareConnection } from "@/lib/sync/prepare-connection";
import { runSync } from "@/lib/sync/run-sync";
import { startHubSpotSandbox } from "@/sandbox/hubspot/server";
import { startSalesforceSandbox } from "@/sandbox/salesforce/server";
import type { Sandbox } from "@/sandbox/shared/serve";
import { createTestDatabase } from "@/scripts/testing/database";

export const HUBSPOT_TOKEN = "pat-na1-sandbox";
export const SALESFORCE_TOKEN = "00D000000000001AAA!sandbox";

type Json = Record<string, unknown>;

/** Both simulated CRMs over real HTTP, an empty migrated database, and one prepared connection between them. */
export type SyncWorld = {
  connectionId: string;
  databaseUrl: string;
  hubspot: Sandbox;
  salesforce: Sandbox;
  sync(): Promise<CronResult>;
  /** A marketer's edit in HubSpot's own pages */
  hubspotAct(action: string, body: Json): Promise<Json>;
  /** A sales rep's or admin's act in Salesforce's own pages */
  salesforceAct(action: string, body: Json): Promise<Json>;
  hubspotContact(id: string): Promise<Record<string, string | null>>;
  findContact(email: string): Promise<{ id: string; properties: Record<string, string | null> }[]>;
  soql(query: string): Promise<Json[]>;
  calls(): Promise<{ hubspot: number; salesforce: number }>;
  clearCalls(): Promise<void>;
  door(side: "hubspot" | "salesforce", method: string, path: string, body?: unknown): Promise<Json>;
  stop(): Promise<void>;
};

export type WorldOptions = { contacts?: number; idFields?: boolean; settings?: Partial<ConnectionSettings> };

export async function startSyncWorld(options: WorldOptions = {}): Promise<SyncWorld> {
  const database = await createTestDatabase();
  connectDatabase(database.url);
  const contacts = options.contacts ?? 0;
  const [hubspot, salesforce] = await Promise.all([
    startHubSpotSandbox({ seed: 7, contacts }),
    startSalesforceSandbox({ seed: 7, contacts }),
  ]);
  configureTokenSources((_, side) => {
    const token =
      side === "hubspot"
        ? { accessToken: HUBSPOT_TOKEN, baseUrl: hubspot.url }
        : { accessToken: SALESFORCE_TOKEN, baseUrl: salesforce.url };
    return { current: async () => token, renew: async () => token };
  });
  const { id: connectionId } = await findConnection();
  for (const side of ["hubspot", "salesforce"] as const) {
    await saveAccount(connectionId, side, { id: "to be read", name: side, userName: null, connectedAt: new Date() });
  }
  const world = buildWorld(connectionId, database.url, hubspot, salesforce, async () => {
    await closeDatabase();
    await Promise.all([hubspot.stop(), salesforce.stop()]);
    await database.drop();
  });
  await world.door("hubspot", "PUT", "/__sandbox/limits", { indexLagMs: 0 });
  const prepared = await prepareConnection(connectionId, { createIdFields: options.idFields ?? true });
  if (prepared !== "prepared") throw new Error(`The connection is ${prepared}`);
  if (options.settings) {
    const connection = await readConnection(connectionId);
    await saveSettings(connectionId, connection?.settingsVersion ?? 1, options.settings);
  }
  return world;
}

function buildWorld(
  connectionId: string,
  databaseUrl: string,
  hubspot: Sandbox,
  salesforce: Sandbox,
  stop: () => Promise<void>,
): SyncWorld {
  const url = { hubspot: hubspot.url, salesforce: salesforce.url };
  const bearer = { hubspot: HUBSPOT_TOKEN, salesforce: SALESFORCE_TOKEN };
  const door: SyncWorld["door"] = async (side, method, path, body) => {
    const response = await fetch(url[side] + path, {
      method,
      headers: { "content-type": "application/json", authorization: `Bearer ${bearer[side]}` },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${side} ${method} ${path}: ${response.status} ${text}`);
    return text === "" ? {} : (JSON.parse(text) as Json);
  };
  const countCalls = async (side: "hubspot" | "salesforce"): Promise<number> => {
    const answer = await door(side, "GET", "/__sandbox/calls");
    return (answer.calls as unknown[]).length;
  };
  return {
    connectionId,
    databaseUrl,
    hubspot,
    salesforce,
    sync: () => runSync(connectionId, { budgetMs: 15_000, kind: "check", by: null }),
    hubspotAct: (action, body) => door("hubspot", "POST", "/__sandbox/act", { action, ...body }),
    salesforceAct: (action, body) => door("salesforce", "POST", "/__sandbox/act", { action, ...body }),
    async hubspotContact(id) {
      const names = PROPERTIES.join(",");
      const record = await door("hubspot", "GET", `/crm/v3/objects/contacts/${id}?properties=${names}`);
      return record.properties as Record<string, string | null>;
    },
    async findContact(email) {
      const answer = await door("hubspot", "POST", "/crm/v3/objects/contacts/batch/read", {
        idProperty: "email",
        inputs: [{ id: email }],
        properties: PROPERTIES,
      });
      return answer.results as { id: string; properties: Record<string, string | null> }[];
    },
    async soql(query) {
      const answer = await door("salesforce", "GET", `/services/data/v67.0/query?q=${encodeURIComponent(query)}`);
      return answer.records as Json[];
    },
    calls: async () => ({ hubspot: await countCalls("hubspot"), salesforce: await countCalls("salesforce") }),
    async clearCalls() {
      await Promise.all([
        door("hubspot", "DELETE", "/__sandbox/calls"),
        door("salesforce", "DELETE", "/__sandbox/calls"),
      ]);
    },
    door,
    stop,
  };
}

const PROPERTIES = [
  "email",
  "firstname",
  "lastname",
  "phone",
  "jobtitle",
  "company",
  "city",
  "hubspot_owner_id",
  "kakehashi_salesforce_id",
  "salesforceleadid",
  "salesforcecontactid",
];
