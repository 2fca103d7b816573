import type { SalesforceReading, SalesforceType } from "@/lib/decide/record-types";
import { typeOfId } from "@/lib/decide/salesforce-id";
import { CrmCallError, SALESFORCE_ID_FIELDS, type SalesforceFields } from "../face";
import type { CallSalesforce } from "./call";
import type { SalesforcePaths } from "./paths";
import { queryAll } from "./query";
import { toReading } from "./record-format";
import { makeSelectQueries, type RecordKey } from "./select-queries";
import { MAX_QUERY, MAX_QUERY_IN_BODY } from "./soql";

const PEOPLE: SalesforceType[] = ["Lead", "Contact"];
type TypedQuery = { type: SalesforceType; soql: string };

/** Reads records by id; ids that are gone, hidden from our user or of another kind are absent. */
export async function readByIds(
  call: CallSalesforce,
  paths: SalesforcePaths,
  ids: string[],
  fields: SalesforceFields,
): Promise<SalesforceReading[]> {
  const types = new Set(ids.map(typeOfId).filter((type) => type !== undefined));
  const queries = [...types].flatMap((type) => {
    const own = [...new Set(ids)].filter((id) => typeOfId(id) === type);
    const keys = own.map((value) => ({ field: "Id", value }));
    return makeSelectQueries(type, fields[type] ?? [], keys).map((soql) => ({ type, soql }));
  });
  return runQueries(call, paths, queries, fields);
}

/**
 * Leads and Contacts that carry one of the emails or one of the HubSpot ids, converted leads included; both ways of
 * finding share the queries, five of which go into one call. Without the id fields only the emails are asked for.
 */
export async function readMatches(
  call: CallSalesforce,
  paths: SalesforcePaths,
  wanted: { emails: string[]; hubspotIds: string[] },
  fields: SalesforceFields,
  idFieldsPresent: boolean,
): Promise<SalesforceReading[]> {
  const idField = SALESFORCE_ID_FIELDS.Contact;
  const extra = idFieldsPresent && idField !== null ? ["Email", idField] : ["Email"];
  const asked = { ...fields, Lead: [...(fields.Lead ?? []), ...extra], Contact: [...(fields.Contact ?? []), ...extra] };
  const emails = wanted.emails.map((email) => email.trim().toLowerCase()).filter((email) => email !== "");
  const keys = [
    ...[...new Set(emails)].map((value) => ({ field: "Email", value })),
    ...(idFieldsPresent && idField !== null
      ? [...new Set(wanted.hubspotIds)].map((value) => ({ field: idField, value }))
      : []),
  ];
  return readByKeys(call, paths, PEOPLE, keys, asked);
}

/** Records of these types with one of the values in a field; five queries go into one call. Throws CrmCallError. */
export async function readByKeys(
  call: CallSalesforce,
  paths: SalesforcePaths,
  types: readonly SalesforceType[],
  keys: readonly RecordKey[],
  fields: SalesforceFields,
): Promise<SalesforceReading[]> {
  const run = (longest: number) => {
    const queries = types.flatMap((type) =>
      makeSelectQueries(type, fields[type] ?? [], keys, longest).map((soql) => ({ type, soql })),
    );
    return runQueries(call, paths, queries, fields);
  };
  // 1,000 addresses in one call instead of two. Should an org refuse the long form, the short one is known to pass.
  return run(MAX_QUERY_IN_BODY).catch((error: unknown) => {
    if (isTooLong(error)) return run(MAX_QUERY);
    throw error;
  });
}

function isTooLong(error: unknown): boolean {
  if (!(error instanceof CrmCallError)) return false;
  const { status, code } = error.failure;
  return status === 414 || status === 431 || code === "QUERY_TOO_COMPLICATED";
}

async function runQueries(
  call: CallSalesforce,
  paths: SalesforcePaths,
  queries: TypedQuery[],
  fields: SalesforceFields,
): Promise<SalesforceReading[]> {
  const rows = await queryAll(
    call,
    paths,
    queries.map((query) => query.soql),
  );
  const found = new Map<string, SalesforceReading>();
  queries.forEach(({ type }, index) => {
    for (const row of rows[index] ?? []) found.set(row.Id, toReading(type, row, fields[type] ?? []));
  });
  return [...found.values()];
}
