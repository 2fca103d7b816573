import { Client } from "@hubspot/api-client";
import { Connection } from "jsforce";
import { answerParent } from "../world/child";
import { TOKENS } from "../world/sandboxes";
import { measureUsage } from "./usage";

/**
 * The floor: what the same remote work costs with the bare client libraries, one call after the other, no database, no
 * matching, no deciding, no checks of answers. Reads one side, creates on the other, writes the new id back.
 */
const [hubspotUrl = "", salesforceUrl = ""] = process.argv.slice(2);
const hubspot = new Client({ accessToken: TOKENS.hubspot, basePath: hubspotUrl, numberOfApiCallRetries: 0 });
const salesforce = new Connection({ instanceUrl: salesforceUrl, accessToken: TOKENS.salesforce, version: "67.0" });

const HUBSPOT = "/crm/objects/2026-03/contacts";
const COLLECTIONS = "/services/data/v67.0/composite/sobjects";
const SEARCH_PAGE = 200;
const QUERY_PAGE = 2000;
const HUBSPOT_BATCH = 100;
const SALESFORCE_BATCH = 200;
const PROPERTIES = ["email", "firstname", "lastname", "phone", "jobtitle", "company", "city", "zip", "address"];
const FIELDS = ["Id", "Email", "FirstName", "LastName", "Phone", "Title"];

type Contact = { id: string; properties: Record<string, string | null> };
type Row = { Id: string; [field: string]: unknown };
type Saved = { id: string; success: boolean };

async function callHubSpot<T>(path: string, body: unknown): Promise<T> {
  const answer = await hubspot.apiRequest({ method: "POST", path: HUBSPOT + path, body });
  if (!answer.ok) throw new Error(`HubSpot ${path}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as T;
}

function callSalesforce<T>(method: "POST" | "PATCH", path: string, body: unknown): Promise<T> {
  const headers = { "content-type": "application/json" };
  return salesforce.request<T>({ method, url: COLLECTIONS + path, body: JSON.stringify(body), headers });
}

async function copyToSalesforce(): Promise<number> {
  let after = "0";
  let copied = 0;
  for (;;) {
    // By rising id, because writing the ids back moves the records to the end of any order by stamp.
    const filters = [{ propertyName: "hs_object_id", operator: "GT", value: after }];
    const sorts = [{ propertyName: "hs_object_id", direction: "ASCENDING" }];
    const body = { filterGroups: [{ filters }], sorts, properties: PROPERTIES, limit: SEARCH_PAGE, after: "0" };
    const { results } = await callHubSpot<{ results: Contact[] }>("/search", body);
    if (results.length === 0) return copied;
    const records = results.map(toLead);
    const saved = await callSalesforce<Saved[]>("PATCH", "/Lead/HubSpot_Contact_Id__c", { allOrNone: false, records });
    const inputs = results.map(({ id }, n) => ({ id, properties: { salesforceleadid: saved[n]?.id ?? "" } }));
    for (let start = 0; start < inputs.length; start += HUBSPOT_BATCH) {
      await callHubSpot("/batch/update", { inputs: inputs.slice(start, start + HUBSPOT_BATCH) });
    }
    copied += results.length;
    after = results.at(-1)?.id ?? after;
  }
}

function toLead({ id, properties: p }: Contact): object {
  return {
    attributes: { type: "Lead" },
    HubSpot_Contact_Id__c: id,
    Email: p.email,
    FirstName: p.firstname,
    LastName: p.lastname,
    Phone: p.phone,
    Title: p.jobtitle,
    Company: p.company,
    City: p.city,
    PostalCode: p.zip,
    Street: p.address,
  };
}

async function copyToHubSpot(type: "Lead" | "Contact"): Promise<number> {
  const address =
    type === "Lead"
      ? ["City", "PostalCode", "Street", "Company"]
      : ["MailingCity", "MailingPostalCode", "MailingStreet"];
  let after = "";
  let copied = 0;
  for (;;) {
    const where = `WHERE HubSpot_Contact_Id__c = null${after === "" ? "" : ` AND Id > '${after}'`}`;
    const soql = `SELECT ${[...FIELDS, ...address].join(",")} FROM ${type} ${where} ORDER BY Id LIMIT ${QUERY_PAGE}`;
    const { records } = await salesforce.query<Row>(soql);
    if (records.length === 0) return copied;
    for (let start = 0; start < records.length; start += SALESFORCE_BATCH) {
      await copyRows(type, records.slice(start, start + SALESFORCE_BATCH));
    }
    copied += records.length;
    after = records.at(-1)?.Id ?? after;
  }
}

async function copyRows(type: "Lead" | "Contact", rows: Row[]): Promise<void> {
  const links: object[] = [];
  for (let start = 0; start < rows.length; start += HUBSPOT_BATCH) {
    const part = rows.slice(start, start + HUBSPOT_BATCH);
    const inputs = part.map((row) => toUpsert(type, row));
    const { results } = await callHubSpot<{ results: Contact[] }>("/batch/upsert", { inputs });
    const bySalesforceId = new Map(results.map((one) => [one.properties.kakehashi_salesforce_id, one.id]));
    for (const { Id } of part) links.push({ attributes: { type }, Id, HubSpot_Contact_Id__c: bySalesforceId.get(Id) });
  }
  await callSalesforce("PATCH", "", { allOrNone: false, records: links });
}

function toUpsert(type: "Lead" | "Contact", row: Row): object {
  const prefix = type === "Lead" ? "" : "Mailing";
  const properties = {
    email: row.Email,
    firstname: row.FirstName,
    lastname: row.LastName,
    phone: row.Phone,
    jobtitle: row.Title,
    ...(type === "Lead" ? { company: row.Company } : {}),
    city: row[`${prefix}City`],
    zip: row[`${prefix}PostalCode`],
    address: row[`${prefix}Street`],
    [type === "Lead" ? "salesforceleadid" : "salesforcecontactid"]: row.Id,
  };
  return { idProperty: "kakehashi_salesforce_id", id: row.Id, properties };
}

answerParent(async (question) => {
  const { task } = question as { task: "to-salesforce" | "to-hubspot" };
  return measureUsage(async () =>
    task === "to-salesforce" ? copyToSalesforce() : (await copyToHubSpot("Lead")) + (await copyToHubSpot("Contact")),
  );
});
