import type { SettingsPatch } from "@/lib/contracts/settings";
import { CrmCallError } from "@/lib/crm/face";
import type { RemoteFailure } from "@/lib/decide/classify-error";
import type { ConnectionSettings } from "@/lib/decide/connection-settings";
import { readConnection, resumeConnection, saveSettings, scheduleCheck } from "@/lib/store/connections";
import { signalWork } from "@/lib/store/wake-signal";
import { type CheckedSettings, checkSettings } from "./check-settings";
import { openCrms } from "./open-crms";
import { type PrepareResult, type PrepareWish, prepareConnection, readSide } from "./prepare-connection";
import { retryCuredBySettings } from "./retry-cured";

export type SettingsAnswer = "saved" | "changed_meanwhile" | "not_found" | Exclude<CheckedSettings, { kind: "fits" }>;

/**
 * Saves the settings given if they fit (checkSettings) and are still at `patch.version`; a shorter interval moves the
 * next check forward. Another inclusion list makes one due at once: until a check has read its members nobody is decided
 * (spec G2).
 */
export async function changeSettings(connectionId: string, patch: SettingsPatch): Promise<SettingsAnswer> {
  const connection = await readConnection(connectionId);
  if (!connection) return "not_found";
  const { version, ...wished } = patch;
  const checked = await checkSettings(connection, wished);
  if (checked.kind !== "fits") return checked;
  const { given } = checked;
  if ((await saveSettings(connectionId, version, mergeGroups(connection.settings, given))) === null) {
    return "changed_meanwhile";
  }
  await retryCuredBySettings(connectionId, given);
  const { checkEveryMinutes } = given;
  const isSooner = checkEveryMinutes !== undefined && checkEveryMinutes < connection.settings.checkEveryMinutes;
  if (isSooner && connection.lastCheckAt) {
    await scheduleCheck(connectionId, new Date(connection.lastCheckAt.getTime() + checkEveryMinutes * 60_000));
  }
  if (connection.status === "active" && choosesList(connection.settings.inclusionLists, given.inclusionLists ?? {})) {
    await scheduleCheck(connectionId, new Date());
    await signalWork(connectionId);
  }
  return "saved";
}

type Lists = ConnectionSettings["inclusionLists"];

/** Whether another list than before is to say who syncs. */
function choosesList(current: Lists, given: Partial<Lists>): boolean {
  return Object.entries(given).some(
    ([object, list]) => list !== null && list?.listId !== current[object as keyof Lists]?.listId,
  );
}

/** A group of settings that was given in part keeps the rest of itself; lists are replaced as a whole. */
function mergeGroups(current: ConnectionSettings, given: Omit<SettingsPatch, "version">): Partial<ConnectionSettings> {
  const merged = Object.entries(given).flatMap(([name, value]) => {
    if (value === undefined) return [];
    const own = current[name as keyof ConnectionSettings];
    const isGroup = typeof own === "object" && own !== null && !Array.isArray(own);
    return [[name, isGroup ? { ...own, ...(value as object) } : value]];
  });
  return Object.fromEntries(merged) as Partial<ConnectionSettings>;
}

const HUBSPOT_FIRST = ["hubspot", "salesforce"] as const;
const SALESFORCE_FIRST = ["salesforce", "hubspot"] as const;

export type ResumeResult =
  | { kind: "resumed" }
  | { kind: "not_found" }
  | { kind: "not_connected" }
  | { kind: "refused"; failure: RemoteFailure };

/** Tries both sign-ins, first the one that it waits for; only when both answer the connection goes on, due for a check now (spec E5). */
export async function resumeSync(connectionId: string): Promise<ResumeResult> {
  const connection = await readConnection(connectionId);
  if (!connection) return { kind: "not_found" };
  if (!connection.accounts.hubspot || !connection.accounts.salesforce) return { kind: "not_connected" };
  const crms = await openCrms(connectionId);
  try {
    // While one side refuses, the other is not asked: whoever waits for calls of the day tries each minute.
    const sides = connection.suspended?.side === "salesforce" ? SALESFORCE_FIRST : HUBSPOT_FIRST;
    for (const side of sides) await crms[side].readAccount();
  } catch (error) {
    if (error instanceof CrmCallError) return { kind: "refused", failure: error.failure };
    throw error;
  }
  await resumeConnection(connectionId);
  return { kind: "resumed" };
}

/** prepareConnection for a person who waits for the answer: what a CRM refused is told, not thrown. */
export async function prepareFor(
  connectionId: string,
  wish: PrepareWish,
): Promise<{ kind: PrepareResult } | { kind: "refused"; failure: RemoteFailure }> {
  try {
    return { kind: await prepareConnection(connectionId, wish) };
  } catch (error) {
    if (error instanceof CrmCallError) return { kind: "refused", failure: error.failure };
    throw error;
  }
}

/**
 * After a sign-in: reads what the side says of itself. A connection that was on before goes on by itself when both sides
 * stand and nothing needs consent (spec E5). One that was never turned on is only made ready: nothing syncs before a
 * person has said so.
 * @throws CrmCallError when the CRM cannot be asked; the sign-in itself is kept.
 */
export async function welcomeSide(connectionId: string, side: "hubspot" | "salesforce"): Promise<void> {
  await readSide(connectionId, side);
  const connection = await readConnection(connectionId);
  if (!connection?.accounts.hubspot || !connection.accounts.salesforce) return;
  if (connection.turnedOnAt === null) {
    await prepareConnection(connectionId, { createIdFields: false, turnOn: false });
    return;
  }
  const nothingMissing = connection.capabilities.hubspot?.present && connection.capabilities.salesforce?.present;
  const waitedForThisSide = connection.status === "suspended" && connection.suspended?.side === side;
  if (nothingMissing || waitedForThisSide) {
    await prepareConnection(connectionId, { createIdFields: false });
  }
}
