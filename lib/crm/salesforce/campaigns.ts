import type { NamedCampaign, OpportunityRole, SalesforceCampaigns } from "../event-face";
import type { CallSalesforce } from "./call";
import type { SalesforcePaths } from "./paths";
import { queryAll, queryOnce } from "./query";
import { parseStamp, type Row, readValue } from "./record-format";
import { formatStamp, MAX_QUERY_IN_BODY, makeIn, measureValue, quote, splitByLength } from "./soql";

const CAMPAIGN = "SELECT Id, Name, IsActive FROM Campaign";
const STATUS = "SELECT Id, CampaignId, Label, HasResponded, IsDefault FROM CampaignMemberStatus";
/** One page: more campaigns than anybody picks from. */
const MOST = 2_000;
const ROLES_PAGE = 2_000;

/** Salesforce's campaigns. Every function throws CrmCallError when a call fails. */
export function openCampaigns(call: CallSalesforce, paths: SalesforcePaths): SalesforceCampaigns {
  return {
    list: () =>
      readCampaigns(
        call,
        paths,
        `${CAMPAIGN} ORDER BY IsActive DESC, Name ASC LIMIT ${MOST}`,
        `${STATUS} ORDER BY SortOrder ASC`,
      ),
    readByIds: async (ids) => {
      const wanted = [...new Set(ids)];
      if (wanted.length === 0) return [];
      return readCampaigns(
        call,
        paths,
        `${CAMPAIGN} WHERE ${makeIn("Id", wanted)}`,
        `${STATUS} WHERE ${makeIn("CampaignId", wanted)} ORDER BY SortOrder ASC`,
      );
    },
    readNames: (personIds) => readNames(call, paths, personIds),
  };
}

async function readCampaigns(
  call: CallSalesforce,
  paths: SalesforcePaths,
  campaigns: string,
  statuses: string,
): Promise<NamedCampaign[]> {
  const [rows = [], statusRows = []] = await queryAll(call, paths, [campaigns, statuses]);
  const byCampaign = Map.groupBy(statusRows, (row) => textOf(row, "CampaignId"));
  return rows.map((row) => ({
    id: row.Id,
    name: textOf(row, "Name"),
    isActive: readValue(row, "IsActive") === true,
    statuses: (byCampaign.get(row.Id) ?? []).map((status) => ({
      label: textOf(status, "Label"),
      hasResponded: readValue(status, "HasResponded") === true,
      isDefault: readValue(status, "IsDefault") === true,
    })),
  }));
}

async function readNames(
  call: CallSalesforce,
  paths: SalesforcePaths,
  personIds: string[],
): Promise<Map<string, string[]>> {
  const names = new Map(personIds.map((id): [string, string[]] => [id, []]));
  const queries = (["LeadId", "ContactId"] as const).flatMap((field) => {
    const own = [...names.keys()].filter((id) => id.startsWith(field === "LeadId" ? "00Q" : "003"));
    return splitByLength(own, MAX_QUERY_IN_BODY, measureValue).map(
      (ids) => `SELECT Id, ${field}, Campaign.Name FROM CampaignMember WHERE ${makeIn(field, ids)}`,
    );
  });
  if (queries.length === 0) return names;
  for (const row of (await queryAll(call, paths, queries)).flat()) {
    const person = textOf(row, "LeadId") || textOf(row, "ContactId");
    const name = textOf(row, "Campaign.Name");
    if (name !== "") names.get(person)?.push(name);
  }
  return names;
}

/**
 * Roles that are new, or whose opportunity moved, since `since` (epoch ms), 2,000 a call by rising id; `next` is null on
 * the last page. One query asks for both: a role that is added need not move its opportunity. Throws CrmCallError.
 */
export async function readRoles(
  call: CallSalesforce,
  paths: SalesforcePaths,
  since: number,
  after: string | null,
): Promise<{ roles: OpportunityRole[]; next: string | null }> {
  const stamp = formatStamp(since);
  const moved = `(SystemModstamp >= ${stamp} OR Opportunity.SystemModstamp >= ${stamp})`;
  const from = after === null ? "" : ` AND Id > ${quote(after)}`;
  const soql =
    "SELECT Id, ContactId, SystemModstamp, Opportunity.IsClosed, Opportunity.IsWon, Opportunity.SystemModstamp FROM OpportunityContactRole " +
    `WHERE ${moved}${from} ORDER BY Id ASC LIMIT ${ROLES_PAGE}`;
  const [page] = await queryOnce(call, paths, [soql]);
  const rows = page?.records ?? [];
  const roles = rows.map((row) => ({
    id: row.Id,
    contactId: textOf(row, "ContactId"),
    isClosed: readValue(row, "Opportunity.IsClosed") === true,
    isWon: readValue(row, "Opportunity.IsWon") === true,
    at: Math.max(...["SystemModstamp", "Opportunity.SystemModstamp"].map((name) => parseStamp(textOf(row, name)))),
  }));
  const isLast = rows.length < ROLES_PAGE && page?.done !== false;
  return { roles, next: isLast ? null : (rows.at(-1)?.Id ?? null) };
}

function textOf(row: Row, name: string): string {
  const value = readValue(row, name);
  return value === null ? "" : String(value);
}
