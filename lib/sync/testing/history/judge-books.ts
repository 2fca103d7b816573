import { getDatabase } from "@/lib/store/client";
import type { JournalChange } from "@/lib/store/journal";
import type { SyncWorld } from "../world";
import { FIELDS, type Person } from "./edit-log";
import type { History } from "./history";

type Entry = { recordId: string; runId: string | null; outcome: string; status: string; changes: JournalChange[] };
type Version = { value: string; sourceType: string };

/** HubSpot answers at most so many records with the history of their properties at once. */
const HISTORIES_A_CALL = 50;

/**
 * I9: exact books. A run that ended tells of as many records as it took up, and the timelines tell of the same; what
 * HubSpot itself has kept of our writes stands in those timelines, no write more and none less. I3, I6: from HubSpot's
 * own history also follows that we never put an older value of Salesforce over a newer one, not even for a moment.
 */
export async function judgeBooks(history: History): Promise<string[]> {
  const { connectionId } = history.world;
  const entries = (await getDatabase().journalEntry.findMany({ where: { connectionId } })) as unknown as Entry[];
  const runs = await judgeRuns(connectionId, entries);
  return [...runs, ...(await judgeWrites(history, entries))];
}

const NOT_WRITTEN = new Set(["failed", "excluded", "interrupted", "unchanged"]);

async function judgeRuns(connectionId: string, entries: Entry[]): Promise<string[]> {
  const runs = await getDatabase().syncRun.findMany({ where: { connectionId } });
  const ofRun = Map.groupBy(
    entries.filter(({ status }) => status === "settled"),
    ({ runId }) => runId,
  );
  return runs.flatMap((run) => {
    const own = ofRun.get(run.id) ?? [];
    const count = (fits: (outcome: string) => boolean) => own.filter(({ outcome }) => fits(outcome)).length;
    const told = {
      synced: count((outcome) => !NOT_WRITTEN.has(outcome)),
      created: count((outcome) => outcome.startsWith("created_")),
      failed: count((outcome) => outcome === "failed"),
    };
    const { due, synced, unchanged, created, failed, excluded } = run;
    const books = JSON.stringify({ due, synced, created, unchanged, failed, excluded });
    const isBalanced = run.status !== "done" || due === synced + unchanged + failed + excluded;
    const isTold = told.synced === synced && told.created === created && told.failed === failed;
    return [
      ...(isBalanced ? [] : [`I9: the books of a ${run.kind} run do not balance: ${books}`]),
      ...(isTold ? [] : [`I9: the timelines tell ${JSON.stringify(told)} of a ${run.kind} run with ${books}`]),
    ];
  });
}

async function judgeWrites(history: History, entries: Entry[]): Promise<string[]> {
  const people = history.log.people.filter((p) => p.isJudged && !p.group && p.hubspotId !== null);
  const versions = await readVersions(
    history.world,
    people.map((person) => person.hubspotId ?? ""),
  );
  const rows = await getDatabase().syncRecord.findMany({ where: { object: "contact", hubspotId: { not: null } } });
  const idOf = new Map(rows.map((row) => [row.hubspotId, row.id]));
  const ofRecord = Map.groupBy(entries, ({ recordId }) => recordId);
  return people.flatMap((person) => {
    const own = versions.get(person.hubspotId ?? "");
    if (!own) return [];
    const told = ofRecord.get(idOf.get(person.hubspotId) ?? "") ?? [];
    return FIELDS.flatMap(({ property }) => {
      const ours = (own[property] ?? []).filter(({ sourceType, value }) => sourceType === "INTEGRATION" && value);
      const values = ours.toReversed().map(({ value }) => value);
      return [...judgeTold(property, values, told, entries), ...judgeOrder(person, property, values)].map(
        (wrong) => `${wrong}; ${person.key}: ${history.log.tell(person)}`,
      );
    });
  });
}

/**
 * F9: each of our writes is in history, and history tells of no other. What an outage left open may be either way. A lead
 * that was converted before anybody knew of the contact made of it keeps that line itself: values are unlike one another,
 * so that any timeline will do.
 */
function judgeTold(property: string, values: string[], told: Entry[], all: Entry[]): string[] {
  const untold = values.filter((value) => !changesTo(property, all).some(({ after }) => after === value));
  const unmade = changesTo(property, told).filter(({ after, isSure }) => isSure && !values.includes(after));
  return [
    ...untold.map((value) => `I9: we wrote ${property} = "${value}" in HubSpot and no timeline tells of it`),
    ...unmade.map(({ after }) => `I9: a timeline tells of ${property} = "${after}", which HubSpot never got`),
  ];
}

function changesTo(property: string, entries: Entry[]): { after: string; isSure: boolean }[] {
  return entries.flatMap(({ outcome, changes }) =>
    changes
      .filter((one) => one.side === "hubspot" && one.hubspotProperty === property && one.after !== null)
      .map(({ after }) => ({ after: String(after), isSure: outcome !== "interrupted" && outcome !== "failed" })),
  );
}

/** What was put in Salesforce later must come to HubSpot later. */
function judgeOrder({ values: log }: Person, property: string, values: string[]): string[] {
  const edits = log.editsOf("salesforce", property).map(({ value }) => value);
  const places = values.map((value) => edits.indexOf(value)).filter((place) => place >= 0);
  const isRising = places.every((place, index) => place >= (places[index - 1] ?? 0));
  return isRising ? [] : [`I6: ${property} went to HubSpot as ${JSON.stringify(values)}, made as ${edits.join(", ")}`];
}

async function readVersions(world: SyncWorld, ids: string[]): Promise<Map<string, Record<string, Version[]>>> {
  const found = new Map<string, Record<string, Version[]>>();
  const propertiesWithHistory = FIELDS.map(({ property }) => property);
  for (let from = 0; from < ids.length; from += HISTORIES_A_CALL) {
    const inputs = ids.slice(from, from + HISTORIES_A_CALL).map((id) => ({ id }));
    const answer = (await world.door("hubspot", "POST", "/crm/v3/objects/contacts/batch/read", {
      ...{ inputs, properties: [], propertiesWithHistory },
    })) as { results: { id: string; propertiesWithHistory: Record<string, Version[]> }[] };
    for (const one of answer.results) found.set(one.id, one.propertiesWithHistory);
  }
  return found;
}
