import type { Sandboxes } from "./sandboxes";

/** HubSpot's and Salesforce's largest batches. */
const HUBSPOT_BATCH = 100;
const SALESFORCE_BATCH = 200;
const HUBSPOT_CONTACTS = "/crm/v3/objects/contacts";
const SALESFORCE_DATA = "/services/data/v67.0";

const CITIES = ["Osaka", "Kyoto", "Lyon", "Galway", "Austin", "Graz", "Porto"];

/** Twelve values a record, about what a marketing form and a sales rep leave behind. */
function describePerson(n: number, tag: string) {
  return {
    email: `${tag}.person-${n}@example-${n % 977}.com`,
    first: `First${n}`,
    last: `Last${n}`,
    phone: `+81 6 ${String(1_000_000 + n)}`,
    title: ["CFO", "Buyer", "Engineer", "Director"][n % 4] ?? "CFO",
    company: `Company ${n % 977} Ltd`,
    city: CITIES[n % CITIES.length] ?? "Osaka",
    zip: String(10_000 + (n % 80_000)),
    street: `${n % 300} Long Street`,
  };
}

/** Makes contacts that only HubSpot has; answers their ids. Limits are lifted while filling. */
export async function makeHubSpotContacts(sandboxes: Sandboxes, count: number, tag: string): Promise<string[]> {
  const inputs = Array.from({ length: count }, (_, n) => {
    const p = describePerson(n, tag);
    const properties = {
      email: p.email,
      firstname: p.first,
      lastname: p.last,
      phone: p.phone,
      jobtitle: p.title,
      company: p.company,
      city: p.city,
      zip: p.zip,
      address: p.street,
    };
    return { properties };
  });
  return sendHubSpotBatches(sandboxes, "create", inputs);
}

/** Edits two mapped properties of each. */
export async function editHubSpotContacts(sandboxes: Sandboxes, ids: string[], tag: string): Promise<void> {
  const inputs = ids.map((id, n) => ({ id, properties: { jobtitle: `Edited ${tag} ${n}`, city: `City ${tag}` } }));
  await sendHubSpotBatches(sandboxes, "update", inputs);
}

/** Edits a property that no mapping names: the record's stamp moves, nothing of it concerns the sync. */
export async function touchHubSpotContacts(sandboxes: Sandboxes, ids: string[]): Promise<void> {
  const inputs = ids.map((id) => ({ id, properties: { hs_lead_status: "OPEN" } }));
  await sendHubSpotBatches(sandboxes, "update", inputs);
}

async function sendHubSpotBatches(
  sandboxes: Sandboxes,
  operation: "create" | "update",
  inputs: object[],
): Promise<string[]> {
  await sandboxes.send("hubspot", "PUT", "/__sandbox/limits", { enforce: false });
  const ids: string[] = [];
  for (let start = 0; start < inputs.length; start += HUBSPOT_BATCH) {
    const answer = await sandboxes.send<{ results: { id: string }[] }>(
      "hubspot",
      "POST",
      `${HUBSPOT_CONTACTS}/batch/${operation}`,
      { inputs: inputs.slice(start, start + HUBSPOT_BATCH) },
    );
    ids.push(...answer.results.map((result) => result.id));
  }
  await sandboxes.send("hubspot", "PUT", "/__sandbox/limits", { enforce: true });
  return ids;
}

/** A record by id with its object, as collections want it. */
export type SalesforceId = { id: string; type: "Lead" | "Contact" };

/** Makes people that only Salesforce has: one half leads, one half contacts. */
export async function makeSalesforcePeople(sandboxes: Sandboxes, count: number, tag: string): Promise<SalesforceId[]> {
  const made: SalesforceId[] = [];
  for (let start = 0; start < count; start += SALESFORCE_BATCH) {
    const type = (start / SALESFORCE_BATCH) % 2 === 0 ? "Lead" : "Contact";
    const numbers = Array.from({ length: Math.min(SALESFORCE_BATCH, count - start) }, (_, i) => start + i);
    const records = numbers.map((n) => describeRow(describePerson(n, tag), type));
    const ids = await sendCollection(sandboxes, "POST", records);
    made.push(...ids.map((id) => ({ id, type }) as const));
  }
  return made;
}

function describeRow(p: ReturnType<typeof describePerson>, type: "Lead" | "Contact"): object {
  const common = {
    attributes: { type },
    FirstName: p.first,
    LastName: p.last,
    Email: p.email,
    Phone: p.phone,
    Title: p.title,
  };
  if (type === "Lead") return { ...common, Company: p.company, City: p.city, PostalCode: p.zip, Street: p.street };
  return { ...common, MailingCity: p.city, MailingPostalCode: p.zip, MailingStreet: p.street };
}

/** Edits two mapped fields of each. */
export async function editSalesforcePeople(sandboxes: Sandboxes, ids: SalesforceId[], tag: string): Promise<void> {
  for (let start = 0; start < ids.length; start += SALESFORCE_BATCH) {
    const records = ids.slice(start, start + SALESFORCE_BATCH).map(({ id, type }, n) => ({
      attributes: { type },
      Id: id,
      Title: `Edited ${tag} ${start + n}`,
      Phone: `+44 ${start + n}`,
    }));
    await sendCollection(sandboxes, "PATCH", records);
  }
}

async function sendCollection(sandboxes: Sandboxes, method: "POST" | "PATCH", records: object[]): Promise<string[]> {
  const answer = await sandboxes.send<{ id: string; success: boolean }[]>(
    "salesforce",
    method,
    `${SALESFORCE_DATA}/composite/sobjects`,
    { allOrNone: false, records },
  );
  const refused = answer.find((one) => !one.success);
  if (refused) throw new Error(`Salesforce refused a record of the sample: ${JSON.stringify(refused)}`);
  return answer.map((one) => one.id);
}
