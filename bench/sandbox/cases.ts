import { type Side, TOKENS } from "../world/sandboxes";

type Json = Record<string, unknown>;
type Answer = { results: { id: string; properties: Record<string, string> }[]; records: Json[]; total: number };
/** One kind of call; `n` counts the calls, so that none asks what the one before asked. */
export type Case = { title: string; call(n: number): Promise<unknown> };
export type Ask = (method: string, path: string, body?: unknown) => Promise<Answer>;

const DATA = "/services/data/v67.0";
const CONTACTS = "/crm/v3/objects/contacts";
/** So many records have changed since the moment that "changed since" asks for. */
const CHANGED = 1_000;

/** Signed-in calls to one server. @throws Error with the answer when it is not 2xx */
export function makeAsk(side: Side, url: string): Ask {
  return async (method, path, body) => {
    const answer = await fetch(url + path, {
      method,
      headers: { "content-type": "application/json", authorization: `Bearer ${TOKENS[side]}` },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${side} ${method} ${path}: ${answer.status} ${text.slice(0, 500)}`);
    return (text === "" ? {} : JSON.parse(text)) as Answer;
  };
}

function takeAll<T>(list: readonly T[], count: number): T[] {
  if (list.length < count) throw new Error(`${list.length} records instead of ${count}`);
  return list.slice(0, count);
}

/** The calls of a sync against HubSpot, with ids and addresses that this portal has. */
export async function listHubSpotCases(ask: Ask): Promise<Case[]> {
  const search = (body: Json) => ask("POST", `${CONTACTS}/search`, body);
  const stamp = "lastmodifieddate";
  const byStamp = [{ propertyName: stamp, direction: "ASCENDING" }];
  const newest = async (after: number) =>
    (await search({ sorts: [{ propertyName: stamp, direction: "DESCENDING" }], limit: 200, after })).results;
  const pages = await Promise.all([0, 200, 400, 600, 800].map(newest));
  const found = takeAll(pages.flat(), CHANGED);
  const since = found[CHANGED - 1]?.properties[stamp];
  const ids = found.map((one) => one.id);
  const emails = found.map((one) => one.properties.email ?? "nobody@example.com");
  const properties = ["email", "firstname", "lastname", "phone", "company"];
  const byEmail = (value: string) => [{ filters: [{ propertyName: "email", operator: "EQ", value }] }];
  const changed = (operator: string, value: unknown) => [{ filters: [{ propertyName: stamp, operator, value }] }];
  const inputs = (n: number) => pick(ids, n, 100).map((id) => ({ id }));
  return [
    { title: "one contact by id", call: (n) => ask("GET", `${CONTACTS}/${ids[n % CHANGED]}`) },
    {
      title: "search by e-mail",
      call: (n) => search({ filterGroups: byEmail(emails[n % CHANGED] ?? ""), properties }),
    },
    {
      title: "search: changed since, 200 of 1,000",
      call: () => search({ filterGroups: changed("GTE", since), sorts: byStamp, limit: 200, properties }),
    },
    {
      title: "search: first 200 of all changes",
      call: () => search({ filterGroups: changed("GTE", "0"), sorts: byStamp, limit: 200, properties }),
    },
    { title: "search: first 200 of everything", call: () => search({ limit: 200, properties }) },
    {
      title: "batch read of 100",
      call: (n) => ask("POST", `${CONTACTS}/batch/read`, { inputs: inputs(n), properties }),
    },
    {
      title: "batch update of 100",
      call: (n) => {
        const edited = inputs(n).map(({ id }) => ({ id, properties: { jobtitle: `Edited ${n}` } }));
        return ask("POST", `${CONTACTS}/batch/update`, { inputs: edited });
      },
    },
  ];
}

/** The same against Salesforce. */
export async function listSalesforceCases(ask: Ask): Promise<Case[]> {
  const query = (soql: string) => ask("GET", `${DATA}/query?q=${encodeURIComponent(soql)}`);
  const newest = `SELECT Id, Email, SystemModstamp FROM Lead ORDER BY SystemModstamp DESC LIMIT ${CHANGED}`;
  const found = takeAll((await query(newest)).records, CHANGED);
  const since = found[CHANGED - 1]?.SystemModstamp;
  const ids = found.map((one) => String(one.Id));
  const emails = found.map((one) => String(one.Email ?? "nobody@example.com").replace("'", ""));
  const fields = "Id, Email, FirstName, LastName, Phone, Company, SystemModstamp";
  return [
    { title: "one lead by id", call: (n) => ask("GET", `${DATA}/sobjects/Lead/${ids[n % CHANGED]}`) },
    {
      title: "query by e-mail",
      call: (n) => query(`SELECT ${fields} FROM Lead WHERE Email = '${emails[n % CHANGED]}'`),
    },
    {
      title: "query: changed since, 200 of 1,000",
      call: () =>
        query(`SELECT ${fields} FROM Lead WHERE SystemModstamp >= ${since} ORDER BY SystemModstamp, Id LIMIT 200`),
    },
    {
      title: "query: first 200 of all changes",
      call: () =>
        query(
          `SELECT ${fields} FROM Lead WHERE SystemModstamp >= 1999-01-01T00:00:00Z ORDER BY SystemModstamp, Id LIMIT 200`,
        ),
    },
    { title: "query: first 200 of everything", call: () => query(`SELECT ${fields} FROM Lead LIMIT 200`) },
    {
      title: "collection read of 200",
      call: (n) =>
        ask("POST", `${DATA}/composite/sobjects/Lead`, {
          ids: pick(ids, n, 200),
          fields: ["Email", "FirstName", "LastName", "Phone", "Company"],
        }),
    },
    {
      title: "collection update of 200",
      call: (n) => {
        const records = pick(ids, n, 200).map((id) => ({ attributes: { type: "Lead" }, Id: id, Title: `Edited ${n}` }));
        return ask("PATCH", `${DATA}/composite/sobjects`, { records });
      },
    },
  ];
}

/** `count` ids in a row, other ones for the next `n`. */
function pick(ids: readonly string[], n: number, count: number): string[] {
  const start = (n * count) % ids.length;
  return ids.slice(start, start + count);
}
