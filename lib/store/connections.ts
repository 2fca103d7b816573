import { type ConnectionSettings, DEFAULT_SETTINGS } from "@/lib/decide/connection-settings";
import type { Side, SyncObject } from "@/lib/decide/record-types";
import { stampRules, stampToggles } from "@/lib/decide/stamp-toggles";
import { getDatabase } from "./client";
import { Prisma, type Connection as Row } from "./generated/client";

export type ConnectionStatus = "setup" | "active" | "suspended";

/** Who stands behind one side; ids are the vendors' own (portal id, org id). */
export type SideAccount = {
  id: string;
  name: string;
  userName: string | null;
  connectedAt: Date;
  /** HubSpot: IANA name of the portal's time zone, once it was asked */
  timeZone?: string;
};

/** Id fields on the two sides (spec M6, M7); `present: false` means the weaker way. Null = not looked yet. */
export type Capabilities = Record<Side, Capability | null>;
export type Capability = {
  present: boolean;
  /** "Lead.HubSpot_Contact_Id__c", "company.salesforceaccountid" */
  missing: string[];
  /** Objects whose id fields were looked for */
  objects: SyncObject[];
};

export type StoredConnection = {
  id: string;
  name: string;
  status: ConnectionStatus;
  suspended: { reason: string; side: Side | null; detail: string; at: Date } | null;
  settings: ConnectionSettings;
  settingsVersion: number;
  accounts: Record<Side, SideAccount | null>;
  /** Base address of the Salesforce org, e.g. https://acme.my.salesforce.com */
  salesforceUrl: string | null;
  salesforceUserId: string | null;
  /** Where the org signs in; null = as the server is set */
  salesforceLoginUrl: string | null;
  capabilities: Capabilities;
  lastCheckAt: Date | null;
  nextCheckAt: Date | null;
  /** When a person first turned syncing on; null = nothing has ever synced */
  turnedOnAt: Date | null;
  /** The step at which the set-up was left */
  setupStep: string | null;
};

/** The connection of now; made at the first call. Two processes at once still make one. */
export async function findConnection(): Promise<StoredConnection> {
  const found = await findFirst();
  if (found) return found;
  await getDatabase().$transaction(async (transaction) => {
    // An arbitrary constant: it only has to differ from other advisory locks of this database.
    await transaction.$executeRaw`SELECT pg_advisory_xact_lock(7265018)`;
    if ((await transaction.connection.count({ where: { putAsideAt: null } })) > 0) return;
    await transaction.connection.create({
      data: { name: "HubSpot and Salesforce" },
    });
  });
  const made = await findFirst();
  if (!made) throw new Error("The first connection was made but cannot be read.");
  return made;
}

/** Null when there is no such connection. */
export async function readConnection(id: string): Promise<StoredConnection | null> {
  const row = await getDatabase().connection.findUnique({ where: { id } });
  return row ? toConnection(row) : null;
}

export async function listActiveConnections(): Promise<StoredConnection[]> {
  const rows = await getDatabase().connection.findMany({ where: { status: "active" }, orderBy: { id: "asc" } });
  return rows.map(toConnection);
}

/**
 * Merges `patch` into the settings if they are still at `version`.
 * Answers the new version, or null when somebody saved in between.
 */
export async function saveSettings(
  id: string,
  version: number,
  patch: Partial<ConnectionSettings>,
): Promise<number | null> {
  const current = await readConnection(id);
  if (!current || current.settingsVersion !== version) return null;
  const wanted = { ...current.settings, ...patch };
  const now = new Date().toISOString();
  const rules = stampRules(current.settings.campaigns.rules, wanted.campaigns.rules, now);
  const settings = {
    ...wanted,
    activitiesSince: stampToggles(current.settings, wanted, now),
    campaigns: { ...wanted.campaigns, rules },
  };
  const { count } = await getDatabase().connection.updateMany({
    where: { id, settingsVersion: version },
    data: { settings: toJson(settings), settingsVersion: version + 1 },
  });
  return count === 1 ? version + 1 : null;
}

/** Pauses the connection (spec E5): work queues up. The first reason stays until somebody resumes. */
export async function suspendConnection(
  id: string,
  why: { reason: string; side: Side | null; detail: string },
): Promise<boolean> {
  const { count } = await getDatabase().connection.updateMany({
    where: { id, status: "active" },
    data: {
      status: "suspended",
      suspendedReason: why.reason,
      suspendedSide: why.side,
      suspendedDetail: why.detail.slice(0, 2000),
      suspendedAt: new Date(),
    },
  });
  return count === 1;
}

/** Makes the connection active and due for a check now. */
export async function resumeConnection(id: string): Promise<void> {
  const now = new Date();
  await getDatabase().connection.updateMany({ where: { id, turnedOnAt: null }, data: { turnedOnAt: now } });
  await getDatabase().connection.update({
    where: { id },
    data: {
      status: "active",
      suspendedReason: null,
      suspendedSide: null,
      suspendedDetail: null,
      suspendedAt: null,
      nextCheckAt: now,
    },
  });
}

/** Remembers where the set-up is, for whoever goes on with it. */
export async function saveSetupStep(id: string, step: string): Promise<void> {
  await getDatabase().connection.update({ where: { id }, data: { setupStep: step } });
}

/** Back to set-up: a side was disconnected. Pairs, mappings and settings stay. */
export async function returnToSetup(id: string): Promise<void> {
  await getDatabase().connection.update({
    where: { id },
    data: { status: "setup", suspendedReason: null, suspendedSide: null, suspendedDetail: null, suspendedAt: null },
  });
}

/** Notes when the connection was checked and when it is due again. */
export async function saveCheckTimes(id: string, lastCheckAt: Date, nextCheckAt: Date): Promise<void> {
  await getDatabase().connection.update({ where: { id }, data: { lastCheckAt, nextCheckAt } });
}

/** Moves the next check to now, or to `at`. */
export async function scheduleCheck(id: string, at: Date): Promise<void> {
  await getDatabase().connection.update({ where: { id }, data: { nextCheckAt: at } });
}

/** Who was connected on `side`; `salesforce` carries the org's addresses and the integration user too. */
export async function saveAccount(
  id: string,
  side: Side,
  account: SideAccount,
  salesforce?: { url: string; userId: string; loginUrl: string | null },
): Promise<void> {
  const stored = toJson({ ...account, connectedAt: account.connectedAt.toISOString() });
  await getDatabase().connection.update({
    where: { id },
    data:
      side === "hubspot"
        ? { hubspotPortalId: account.id, hubspotAccount: stored }
        : {
            salesforceOrgId: account.id,
            salesforceAccount: stored,
            ...(salesforce
              ? {
                  salesforceUrl: salesforce.url,
                  salesforceUserId: salesforce.userId,
                  salesforceLoginUrl: salesforce.loginUrl,
                }
              : {}),
          },
  });
}

/** The name stays known while disconnected (portal and org ids guard against another account); only the sign-in goes. */
export async function forgetSignIn(id: string, side: Side): Promise<void> {
  await getDatabase().connection.update({
    where: { id },
    data: side === "hubspot" ? { hubspotAccount: Prisma.DbNull } : { salesforceAccount: Prisma.DbNull },
  });
}

export async function saveCapabilities(id: string, side: Side, idFields: Capability): Promise<void> {
  const patch = JSON.stringify({ [side]: idFields });
  await getDatabase().$executeRaw`
    UPDATE connection SET capabilities = capabilities || ${patch}::jsonb, updated_at = now() WHERE id = ${id}::uuid`;
}

/** Portal or org that the pairs belong to, also while disconnected; null before the first sign-in. */
export async function readAccountIds(id: string): Promise<Record<Side, string | null>> {
  const row = await getDatabase().connection.findUnique({ where: { id } });
  return { hubspot: row?.hubspotPortalId ?? null, salesforce: row?.salesforceOrgId ?? null };
}

async function findFirst(): Promise<StoredConnection | null> {
  const row = await getDatabase().connection.findFirst({
    where: { putAsideAt: null },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  });
  return row ? toConnection(row) : null;
}

function toConnection(row: Row): StoredConnection {
  return {
    id: row.id,
    name: row.name,
    status: row.status as ConnectionStatus,
    suspended: row.suspendedReason
      ? {
          reason: row.suspendedReason,
          side: row.suspendedSide as Side | null,
          detail: row.suspendedDetail ?? "",
          at: row.suspendedAt ?? row.updatedAt,
        }
      : null,
    settings: readSettings(row.settings as Partial<ConnectionSettings>),
    settingsVersion: row.settingsVersion,
    accounts: { hubspot: toAccount(row.hubspotAccount), salesforce: toAccount(row.salesforceAccount) },
    salesforceUrl: row.salesforceUrl,
    salesforceUserId: row.salesforceUserId,
    salesforceLoginUrl: row.salesforceLoginUrl,
    capabilities: readCapabilities(row.capabilities as Partial<Capabilities>),
    lastCheckAt: row.lastCheckAt,
    nextCheckAt: row.nextCheckAt,
    turnedOnAt: row.turnedOnAt,
    setupStep: row.setupStep,
  };
}

/** What an earlier version looked for was the id fields of contacts. */
function readCapabilities(stored: Partial<Capabilities>): Capabilities {
  const complete = (side: Side): Capability | null => {
    const own = stored[side];
    return own ? { ...own, objects: own.objects ?? ["contact"] } : null;
  };
  return { hubspot: complete("hubspot"), salesforce: complete("salesforce") };
}

function toAccount(json: Prisma.JsonValue): SideAccount | null {
  if (json === null) return null;
  const stored = json as Omit<SideAccount, "connectedAt"> & { connectedAt: string };
  return { ...stored, connectedAt: new Date(stored.connectedAt) };
}

function toJson(value: object): Prisma.InputJsonValue {
  return value as Prisma.InputJsonValue;
}

/** What was stored over the defaults, one level deep: a setting that came with a later version has its default. */
function readSettings(stored: Partial<ConnectionSettings>): ConnectionSettings {
  const merged = Object.entries(DEFAULT_SETTINGS).map(([name, initial]) => {
    const own = stored[name as keyof ConnectionSettings];
    if (own === undefined) return [name, initial];
    const isGroup = typeof own === "object" && own !== null && !Array.isArray(own);
    return [name, isGroup && initial !== null ? { ...(initial as object), ...own } : own];
  });
  return Object.fromEntries(merged) as ConnectionSettings;
}
