import { COMPANY_PROPERTY } from "@/lib/decide/company-association";
import { creationTypeOf } from "@/lib/decide/meets-conditions";
import type { RawValue } from "@/lib/decide/record-types";
import { findPartnerRows } from "@/lib/store/record-claims";
import { parentKey } from "@/lib/store/record-outcomes";
import { type Batch, openWorks, type RecordWork } from "./batch-work";

/** The ids that one record names on both sides: of its company and of its account. */
type Parents = { company: string | null; account: string | null };

/**
 * P1, P2: which companies and accounts these contacts or deals belong to, as references that both sides share. What has
 * no pair yet is answered per record, "company/hubspot/123" each. No remote call: our own rows know the pairs.
 */
export async function gatherCompanies(batch: Batch): Promise<Map<RecordWork, string[]>> {
  const { connection, connectionId } = batch.context;
  if (!connection.settings.company.on) return new Map();
  const parents = new Map(openWorks(batch).map((work) => [work, parentsOf(batch, work)]));
  const companies = [...parents.values()].flatMap((p) => p.company ?? []);
  const accounts = [...parents.values()].flatMap((p) => p.account ?? []);
  const rows =
    companies.length + accounts.length === 0
      ? []
      : await findPartnerRows(connectionId, "company", [...new Set(companies)], [...new Set(accounts)]);
  for (const { id, hubspotId, salesforceId } of rows) {
    if (hubspotId === null || salesforceId === null) continue;
    batch.references.hubspot[hubspotId] = id;
    batch.references.salesforce[salesforceId] = id;
  }
  return new Map([...parents].map(([work, own]) => [work, listUnpaired(batch, own)]));
}

function parentsOf(batch: Batch, work: RecordWork): Parents {
  const property = COMPANY_PROPERTY[batch.context.object] ?? "";
  const { creation, schemas } = batch.context.settings;
  const type = work.salesforce?.type ?? creationTypeOf(work.hubspot?.values ?? {}, creation, schemas.hubspot) ?? "Lead";
  if (type === "Lead") return { company: null, account: null };
  return {
    company: textOrNull(work.hubspot?.values[property]),
    account: textOrNull(work.salesforce?.values.AccountId),
  };
}

function listUnpaired({ references }: Batch, { company, account }: Parents): string[] {
  return [
    ...(company === null || references.hubspot[company] ? [] : [parentKey("company", "hubspot", company)]),
    ...(account === null || references.salesforce[account] ? [] : [parentKey("company", "salesforce", account)]),
  ];
}

function textOrNull(value: RawValue | undefined): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}
