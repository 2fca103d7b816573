import { listAssociated } from "../records";
import { type Business, EDITED, OBJECT, STAGES, TYPE } from "./business";
import type { History } from "./history";
import { learnPartners, listAll, type Standing } from "./standing";

type Row = Record<string, unknown>;
type InHubSpot = { id: string; properties: Record<string, string | null> };

/** M6, P1, P2: each company and deal stands once on each side, linked, equal, and with the partner of its parent. */
export async function judgeDeals(history: History, all: Business[]): Promise<string[]> {
  const people = await learnPartners(history);
  const violations: string[] = [];
  for (const object of ["company", "deal"] as const) {
    const own = all.filter((one) => one.object === object);
    const key = object === "company" ? "HubSpot_Company_Id__c" : "HubSpot_Deal_Id__c";
    const nameOf = object === "company" ? "name" : "dealname";
    const contacts = await listAll(history.world, TYPE[object], [nameOf, ...Object.keys(EDITED[object])]);
    const fields = ["Id", "Name", key, ...Object.values(EDITED[object]), ...(object === "deal" ? ["AccountId"] : [])];
    const rows = await history.world.soql(`SELECT ${fields.join(", ")} FROM ${OBJECT[object]}`);
    for (const business of own) {
      const found = {
        hubspot: contacts.filter(({ properties }) => properties[nameOf] === business.key),
        salesforce: rows.filter(({ Name }) => Name === business.key),
      };
      const told = `${business.key}: ${history.log.tell(business)}`;
      const [inHubSpot, inSalesforce] = [found.hubspot[0], found.salesforce[0]];
      if (found.hubspot.length > 1 || found.salesforce.length > 1) {
        violations.push(`I2: ${found.hubspot.length} and ${found.salesforce.length} of ${told}`);
      } else if (inHubSpot && inSalesforce) {
        if (inSalesforce[key] !== inHubSpot.id) violations.push(`M7: the two are not linked: ${told}`);
        Object.assign(business, { hubspotId: inHubSpot.id, salesforceId: String(inSalesforce.Id) });
        violations.push(...judgeValues(business, inHubSpot, inSalesforce).map((wrong) => `${wrong}; ${told}`));
      } else if (mustStandOnBoth(business)) {
        violations.push(`I1: missing in ${inHubSpot ? "Salesforce" : "HubSpot"}: ${told}`);
      }
    }
    if (object === "deal") violations.push(...(await judgeParents(history, own, rows)));
  }
  return [...violations, ...judgePeoplesCompanies(all, people)];
}

/** P1: a company without a contact that syncs gets no account, and its deals wait. */
function mustStandOnBoth(business: Business): boolean {
  if (business.object === "deal") return business.parent === null || mustStandOnBoth(business.parent);
  return business.salesforceId !== null || business.person?.isJudged === true;
}

function judgeValues({ object, values }: Business, { properties }: InHubSpot, row: Row): string[] {
  return Object.entries(EDITED[object]).flatMap(([name, field]) => {
    const hubspot = properties[name] || null;
    const held = row[field] === null ? null : String(row[field]);
    const salesforce = name === "dealstage" ? (Object.keys(STAGES).find((id) => STAGES[id] === held) ?? held) : held;
    if (hubspot !== salesforce) return [`I4: ${name} is ${hubspot} in HubSpot and ${salesforce} in Salesforce`];
    const allowed = values.allowed(name);
    return allowed.includes(hubspot) ? [] : [`I6: ${name} is ${hubspot} and not ${allowed.join(" or ")}`];
  });
}

async function judgeParents(history: History, deals: Business[], rows: Row[]): Promise<string[]> {
  const violations: string[] = [];
  for (const { key, parent, hubspotId, salesforceId } of deals) {
    const row = rows.find(({ Id }) => Id === salesforceId);
    if (!row || !hubspotId || !parent?.hubspotId || !parent.salesforceId) continue;
    const companies = await listAssociated(history.world, "deals", hubspotId, "companies");
    if (row.AccountId !== parent.salesforceId || !companies.includes(parent.hubspotId)) {
      violations.push(`P2: ${key} is of ${String(row.AccountId)} and ${companies.join()}, not of ${parent.key}`);
    }
  }
  return violations;
}

function judgePeoplesCompanies(all: Business[], { contacts, records }: Standing): string[] {
  return all.flatMap(({ key, person, hubspotId, salesforceId }) => {
    if (!person?.isJudged || !hubspotId || !salesforceId) return [];
    const company = contacts.get(person.hubspotId ?? "")?.properties.associatedcompanyid;
    const account = records.get(person.salesforceId ?? "")?.values.AccountId;
    if (company === hubspotId && account === salesforceId) return [];
    return [`P1: ${person.key} is of ${company} and ${String(account)}, not of ${key}`];
  });
}
