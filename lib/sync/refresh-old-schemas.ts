import { CrmCallError } from "@/lib/crm/face";
import { classifyFailure, type SyncFailure } from "@/lib/decide/classify-error";
import type { ErrorType } from "@/lib/decide/error-types";
import { SALESFORCE_TYPES } from "@/lib/decide/record-types";
import { hasRoom } from "@/lib/store/call-budget";
import { withPurpose } from "@/lib/store/call-purpose";
import { readConnection } from "@/lib/store/connections";
import { fingerprintSchemas, hasErrorSince, readSchemasAt } from "@/lib/store/schema-age";
import { readAllSchemas } from "@/lib/store/schema-snapshots";
import { listDescribed, refreshSchemas } from "./prepare-connection";
import { retryCured } from "./retry-cured";

/** Refusals that follow when somebody deletes, renames, retypes or locks a field, or switches a person off. */
const HINTS: ErrorType[] = [
  "property_missing",
  "property_read_only",
  "field_permission",
  "picklist_value_not_found",
  "invalid_format",
  "value_too_long",
  "owner_inactive",
];
const DAY_MS = 86_400_000;
/** A dozen calls: not for every record that one wrong value makes fail. */
const HINT_PAUSE_MS = 15 * 60_000;

/**
 * Reads fields and people of both sides again once a day, and earlier when a refusal hints that they are no longer what
 * we know. Records that failed by it are tried again when anything was different. Answers why it could not be done.
 */
export async function refreshOldSchemas(connectionId: string): Promise<SyncFailure | null> {
  const connection = await readConnection(connectionId);
  if (connection?.status !== "active") return null;
  const readAt = await readSchemasAt(connectionId, listDescribed(connection));
  if (readAt === null || !(await hasRoom(connectionId))) return null;
  const age = Date.now() - readAt.getTime();
  const isWanted = age > DAY_MS || (age > HINT_PAUSE_MS && (await hasErrorSince(connectionId, HINTS, readAt)));
  return isWanted ? refresh(connectionId) : null;
}

/**
 * After a call that was refused for a field which Salesforce had when we last looked: nobody could sync as long as it is
 * asked for. Answers whether it is known to be gone now, so that the work can go on without it.
 */
export async function forgetMissingField(connectionId: string, failure: SyncFailure): Promise<boolean> {
  const name = failure.type === "property_missing" ? failure.fields[0]?.field : undefined;
  if (name === undefined || !(await isKnown(connectionId, name))) return false;
  return (await refresh(connectionId)) === null && !(await isKnown(connectionId, name, failure.remoteMessage));
}

/** `message` names the one type that is meant; without it any type counts. */
async function isKnown(connectionId: string, field: string, message = ""): Promise<boolean> {
  const schemas = (await readAllSchemas(connectionId))("contact");
  const named = SALESFORCE_TYPES.filter((type) => message.includes(`'${type}'`));
  return (named.length > 0 ? named : SALESFORCE_TYPES).some((type) => field in schemas[type]);
}

async function refresh(connectionId: string): Promise<SyncFailure | null> {
  const before = await fingerprintSchemas(connectionId);
  try {
    await withPurpose({ object: "all", reason: "check" }, () => refreshSchemas(connectionId));
  } catch (error) {
    if (!(error instanceof CrmCallError)) throw error;
    return classifyFailure(error.failure, {});
  }
  if ((await fingerprintSchemas(connectionId)) !== before) await retryCured(connectionId, { types: HINTS });
  return null;
}
