import { turnOn } from "../activities";
import type { Fields } from "../pairs";
import { editHubSpot, editSalesforce } from "../records";
import type { Person } from "./edit-log";
import { type History, type Kind, withoutFaults } from "./history";
import { pickKnown } from "./play-people";
import { learnPartners, listAll } from "./standing";
import { type Value, ValueLog } from "./value-log";

type Side = "hubspot" | "salesforce";
type Activity = {
  key: string;
  kind: "call" | "note" | "task";
  origin: Side;
  id: string;
  /** Of the copy on the other side, once the oracle has seen it */
  copyId: string | null;
  person: Person;
  values: ValueLog;
};

const TYPES = { call: "calls", note: "notes", task: "tasks" } as const;
const TEXT = { call: "hs_call_title", note: "hs_note_body", task: "hs_task_subject" } as const;
const STATUSES: Record<string, string> = {
  NOT_STARTED: "Not Started",
  IN_PROGRESS: "In Progress",
  COMPLETED: "Completed",
};

/** A3, A4: calls and notes of HubSpot and tasks of both sides; one activity makes one copy, and edits of tasks go both ways. */
export function playActivities(): Kind {
  const activities: Activity[] = [];
  return {
    name: "activities",
    prepare: ({ world }) => turnOn(world, { hubspot: ["call", "note", "task"], salesforce: ["task"] }),
    steps: [
      { weight: 12, name: "activity in HubSpot", run: (history) => addInHubSpot(history, activities) },
      { weight: 8, name: "task in Salesforce", run: (history) => addInSalesforce(history, activities) },
      { weight: 12, name: "edit of an activity", run: (history) => editActivity(history, activities) },
    ],
    judge: (history) => judgeActivities(history, activities),
  };
}

function add(history: History, activities: Activity[], one: Omit<Activity, "values" | "copyId">, text: string): void {
  const activity: Activity = { ...one, copyId: null, values: new ValueLog() };
  activity.values.note(one.origin, { text, status: "NOT_STARTED" }, history.log.second);
  history.log.others.push(activity.values);
  history.log.noteAct(activity, `${one.kind} "${text}" of ${one.person.key} in ${one.origin}`);
  activities.push(activity);
}

async function addInHubSpot(history: History, activities: Activity[]): Promise<void> {
  const person = pickKnown(history, "hubspot");
  if (!person) return;
  const key = `a${activities.length}`;
  const kind = history.random.pick(["call", "note", "task"] as const);
  const text = `Text ${history.log.takeNumber()}`;
  const acts = {
    call: ["logCall", { title: text }],
    note: ["addNote", { body: text }],
    task: ["createTask", { subject: text }],
  } as const;
  const [action, body] = acts[kind];
  const { result } = await history.world.hubspotAct(action, { id: person.hubspotId, ...body });
  add(history, activities, { key, kind, origin: "hubspot", id: (result as { id: string }).id, person }, text);
}

async function addInSalesforce(history: History, activities: Activity[]): Promise<void> {
  const person = pickKnown(history, "salesforce");
  if (!person) return;
  const text = `Text ${history.log.takeNumber()}`;
  const fields = { Subject: text, WhoId: person.salesforceId };
  const { result } = await history.world.salesforceAct("createRecord", { object: "Task", fields });
  const { id } = result as { id: string };
  add(history, activities, { key: `a${activities.length}`, kind: "task", origin: "salesforce", id, person }, text);
}

/** Calls and notes are edited where they were made; tasks on any side where they stand. */
async function editActivity(history: History, activities: Activity[]): Promise<void> {
  const { random, log, world } = history;
  if (activities.length === 0) return;
  const activity = random.pick(activities);
  if (!activity.person.isJudged) return;
  await withoutFaults(history, () => findCopies(history, activities));
  const isTask = activity.kind === "task";
  const side = isTask && activity.copyId && random.chance(0.5) ? other(activity.origin) : activity.origin;
  const id = side === activity.origin ? activity.id : (activity.copyId ?? "");
  const values: Record<string, Value> =
    isTask && random.chance(0.4)
      ? { status: random.pick(Object.keys(STATUSES)) }
      : { text: `Text ${log.takeNumber()}` };
  const { text, status } = values;
  if (side === "hubspot") {
    const changed = status ? { hs_task_status: status } : { [TEXT[activity.kind]]: text ?? null };
    await editHubSpot(world, TYPES[activity.kind], id, changed);
  } else {
    const changed: Fields = status ? { Status: STATUSES[status] ?? null } : { Subject: text ?? null };
    await editSalesforce(world, "Task", id, changed);
  }
  activity.values.note(side, values, log.second);
  log.noteAct(activity, `${side} ${JSON.stringify(values)}`);
}

const other = (side: Side): Side => (side === "hubspot" ? "salesforce" : "hubspot");

type Tasks = {
  salesforce: Record<string, unknown>[];
  hubspot: { id: string; properties: Record<string, string | null> }[];
};

async function readActivities({ world }: History): Promise<Tasks> {
  const salesforce = await world.soql("SELECT Id, Subject, Status, WhoId, HubSpot_Activity_Id__c FROM Task");
  const names = ["hs_task_subject", "hs_task_status", "hs_call_title", "hs_note_body", "kakehashi_salesforce_id"];
  const hubspot: Tasks["hubspot"] = [];
  for (const type of Object.values(TYPES)) hubspot.push(...(await listAll(world, type, names)));
  return { salesforce, hubspot };
}

function copiesOf({ origin, kind, id }: Activity, { hubspot, salesforce }: Tasks): string[] {
  if (origin === "hubspot") {
    return salesforce.filter((row) => row.HubSpot_Activity_Id__c === `${kind}:${id}`).map((row) => String(row.Id));
  }
  return hubspot.filter(({ properties }) => properties.kakehashi_salesforce_id === id).map((one) => one.id);
}

async function findCopies(history: History, activities: Activity[]): Promise<Tasks> {
  const tasks = await readActivities(history);
  for (const activity of activities) activity.copyId ??= copiesOf(activity, tasks)[0] ?? null;
  return tasks;
}

async function judgeActivities(history: History, activities: Activity[]): Promise<string[]> {
  const { records } = await learnPartners(history);
  const tasks = await findCopies(history, activities);
  // An activity of somebody who was deleted has nobody to stand on.
  for (const { person, id } of activities) if (!person.isJudged && !person.group) history.excused.add(id);
  const known = new Set(activities.flatMap((one) => [one.id, ...copiesOf(one, tasks)]));
  const strangers = [...tasks.salesforce.map((row) => String(row.Id)), ...tasks.hubspot.map(({ id }) => id)].filter(
    (id) => !known.has(id),
  );
  return [
    ...strangers.map((id) => `I2: ${id} is an activity that nobody made`),
    ...activities.flatMap((activity) => {
      const told = `${activity.key}: ${history.log.tell(activity)}; ${history.log.tell(activity.person)}`;
      const copies = copiesOf(activity, tasks);
      if (copies.length > 1) return [`I2: ${copies.length} copies of ${told}`];
      const { person } = activity;
      if (!person.isJudged || person.isHeldBack || person.group) return [];
      if (copies.length === 0) return [`I1: no copy of ${told}`];
      return judgeTexts(activity, tasks, records.get(person.salesforceId ?? "")?.id ?? null).map((w) => `${w} ${told}`);
    }),
  ];
}

function judgeTexts(activity: Activity, { hubspot, salesforce }: Tasks, whoId: string | null): string[] {
  const { origin, id, copyId, kind, values } = activity;
  const engagement = hubspot.find((one) => one.id === (origin === "hubspot" ? id : copyId))?.properties;
  const task = salesforce.find((row) => row.Id === (origin === "hubspot" ? copyId : id));
  if (!engagement || !task) return ["I1: one of the two is gone:"];
  const text = engagement[TEXT[kind]] ?? "";
  const subject = String(task.Subject);
  const violations: string[] = [];
  if (task.WhoId !== whoId) violations.push(`A2: stands on ${String(task.WhoId)}, not on ${whoId}:`);
  if (kind === "task" ? subject !== text : !subject.endsWith(text))
    violations.push(`I4: "${text}" beside "${subject}":`);
  if (!values.allowed("text").includes(text))
    violations.push(`I6: "${text}" is not ${values.allowed("text").join("/")}:`);
  if (kind !== "task") return violations;
  const status = engagement.hs_task_status ?? "";
  if (STATUSES[status] !== task.Status) violations.push(`I4: ${status} beside ${String(task.Status)}:`);
  if (!values.allowed("status").includes(status))
    violations.push(`I6: ${status} is not ${values.allowed("status").join("/")}:`);
  return violations;
}
