import { getDatabase } from "@/lib/store/client";
import { HUBSPOT_TOKEN, SALESFORCE_TOKEN, type SyncWorld } from "../world";
import { countAlone } from "./count-alone";
import { FIELDS, type Person } from "./edit-log";
import type { History } from "./history";
import { judgeBooks } from "./judge-books";
import { emailOf, emailsOf, readStanding, type Standing } from "./standing";

/**
 * The invariants that hold in every history once it is at rest; answers one sentence per violation. Codes are those of
 * the targets: I1 nothing lost, I2 no duplicate, I3 no ping-pong, I4 convergence, I6 nothing older overwrites newer,
 * I9 exact books, and that every queue is empty; then what each kind of history promises besides.
 */
export async function findViolations(history: History): Promise<string[]> {
  const standing = await readStanding(history.world);
  const judged = history.log.people.filter((p) => p.isJudged && !p.isHeldBack);
  const ofKinds: string[] = [];
  for (const kind of history.kinds) ofKinds.push(...((await kind.judge?.(history)) ?? []));
  return [
    ...findDuplicates(standing),
    ...judged.flatMap((person) => judgePerson(history, person, standing)),
    ...ofKinds,
    ...(await findWritesAtRest(history.world)),
    ...(await judgeBooks(history)),
    ...(await findUnfinished(history)),
    ...(await findSecrets()),
  ];
}

/** I2: one partner per person, however often an answer was lost. */
function findDuplicates({ contacts, records }: Standing): string[] {
  const addresses = [...records.values()].map(emailOf);
  const emails = [...contacts.values()].flatMap(emailsOf);
  const keys = [...contacts.values()].map(({ properties }) => properties.kakehashi_salesforce_id || null);
  return [
    ...repeated(addresses).map((address) => `I2: ${address} stands more than once in Salesforce`),
    ...repeated(emails).map((address) => `I2: ${address} stands more than once in HubSpot`),
    ...repeated(keys.filter((key) => key !== null)).map((key) => `I2: two contacts carry the Salesforce id ${key}`),
  ];
}

function repeated(items: string[]): string[] {
  return [...new Set(items.filter((item, index) => items.indexOf(item) !== index))];
}

function judgePerson(history: History, person: Person, { contacts, records }: Standing): string[] {
  const contact = contacts.get(person.hubspotId ?? "");
  const record = records.get(person.salesforceId ?? "");
  const told = history.log.tell(person);
  if (!contact || !record) {
    const where = contact ? "Salesforce" : record ? "HubSpot" : "both CRMs";
    return [`I1: ${person.key} is missing in ${where}: ${told}`];
  }
  const { salesforceleadid, salesforcecontactid } = contact.properties;
  const isLinked =
    record.values.HubSpot_Contact_Id__c === contact.id &&
    (record.type === "Lead" ? salesforceleadid : salesforcecontactid) === record.id;
  const unlinked = isLinked ? [] : [`M7: ${person.key} does not carry the other side's id: ${told}`];
  return [
    ...unlinked,
    ...FIELDS.flatMap((field) => {
      const hubspot = contact.properties[field.property] || null;
      const salesforce = (record.values[record.type === "Lead" ? field.lead : field.contact] as string | null) || null;
      const where = `${person.key}.${field.property}`;
      if (hubspot !== salesforce) {
        return [`I4: ${where} is "${hubspot}" in HubSpot and "${salesforce}" in Salesforce: ${told}`];
      }
      const allowed = person.values.allowed(field.property);
      if (allowed.includes(hubspot)) return [];
      return [`I6: ${where} is "${hubspot}", the newest edit was "${allowed.join('" or "')}": ${told}`];
    }),
  ];
}

/** I3: one more check writes nothing and finds nothing due. */
async function findWritesAtRest(world: SyncWorld): Promise<string[]> {
  await world.clearCalls();
  const { due } = await world.sync();
  const newest = await getDatabase().syncRecord.findMany({
    where: { connectionId: world.connectionId },
    orderBy: { requestedAt: "desc" },
    take: 1,
  });
  const told = newest.map((r) => `${r.email} (${r.state}, ${JSON.stringify(r.lastTriggers)})`);
  const alone = await countAlone(world);
  const violations =
    due <= alone ? [] : [`I3: ${due} records are due although nobody edited anything: ${told.join(", ")}`];
  const written = await Promise.all([listWrites(world, "hubspot"), listWrites(world, "salesforce")]);
  return [...violations, ...written.flat().map((path) => `I3: a write at rest: ${path}`)];
}

async function listWrites(world: SyncWorld, side: "hubspot" | "salesforce"): Promise<string[]> {
  const { calls } = (await world.door(side, "GET", "/__sandbox/calls")) as {
    calls: { method: string; path: string }[];
  };
  const isWrite = ({ method, path }: { method: string; path: string }) =>
    path.includes("/batch/update") ||
    path.includes("/batch/upsert") ||
    path.includes("/batch/create") ||
    (method === "PATCH" && side === "salesforce");
  return calls.filter(isWrite).map(({ method, path }) => `${side} ${method} ${path}`);
}

async function findUnfinished({ world, excused }: History): Promise<string[]> {
  const { connectionId } = world;
  const open = await getDatabase().syncRecord.findMany({ where: { connectionId } });
  const due = open.filter((r) => r.requestedVersion > r.syncedVersion);
  const planned = await getDatabase().journalEntry.count({ where: { connectionId, status: "planned" } });
  const isExcused = (id: string | null) => id !== null && excused.has(id);
  const failing = open.filter((r) => r.state === "failing" && !isExcused(r.hubspotId) && !isExcused(r.salesforceId));
  return [
    ...due.map((r) => `I1: ${r.email ?? r.id} is still due`),
    ...failing.map((r) => `I1: ${r.email ?? r.id} is failing with nothing wrong`),
    ...(planned > 0 ? [`I8: ${planned} planned writes were never settled`] : []),
  ];
}

/** I14: no token stands readable in any column of ours. */
async function findSecrets(): Promise<string[]> {
  const database = getDatabase();
  const tables = await database.$queryRaw<{ name: string }[]>`
    SELECT c.oid::regclass::text AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind = 'r' AND n.nspname NOT IN ('pg_catalog', 'information_schema')`;
  const leaks: string[] = [];
  for (const { name } of tables) {
    const [row] = await database.$queryRawUnsafe<{ count: bigint }[]>(
      `SELECT count(*) AS count FROM ${name} t WHERE strpos(t::text, $1) > 0 OR strpos(t::text, $2) > 0`,
      ...[HUBSPOT_TOKEN, SALESFORCE_TOKEN],
    );
    if (row && row.count > 0n) leaks.push(`I14: a token stands in a plain column of ${name}`);
  }
  return leaks;
}
