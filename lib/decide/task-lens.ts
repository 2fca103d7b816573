import type { RecordDecision } from "./decision-types";
import { cutText } from "./plain-text";
import type { RecordSnapshot } from "./record-snapshot";
import { isBlank, type SyncSettings, type Values } from "./record-types";
import { toHubSpotTask, toPlainTask } from "./task-values";

/** Longest Subject and Description of a Task, by Salesforce's describe. */
const SUBJECT = 255;
const DESCRIPTION = 32_000;
/** Properties whose HubSpot form is another one. */
const SEEN_OTHERWISE = ["hs_task_subject", "hs_task_body", "hs_timestamp", "hs_task_priority"];
/** A task made without a priority has none, as HubSpot's pages say it: not one that Salesforce would have to fill in. */
const NO_PRIORITY = "NONE";

/** The portal's zone when these settings are those of tasks, whose body and due time have two forms; else null. */
export function taskZoneOf(settings: SyncSettings): string | null {
  return settings.object === "task" ? (settings.activity?.timeZone ?? null) : null;
}

/** HubSpot's values of a task in the form in which they are compared with Salesforce's, cut to what fits there. */
export function viewTask(values: Values, timeZone: string): Values {
  const plain = toPlainTask(values, timeZone);
  const { hs_task_subject: subject, hs_task_body: body } = plain;
  if (typeof subject === "string") plain.hs_task_subject = cutText(subject.trim(), SUBJECT);
  if (typeof body === "string") plain.hs_task_body = cutText(body, DESCRIPTION);
  if ("hs_task_priority" in plain && isBlank(plain.hs_task_priority)) plain.hs_task_priority = NO_PRIORITY;
  return plain;
}

export function viewTaskSnapshot(snapshot: RecordSnapshot, timeZone: string): RecordSnapshot {
  const { hubspot, base } = snapshot;
  return {
    ...snapshot,
    hubspot: hubspot && { ...hubspot, values: viewTask(hubspot.values, timeZone) },
    base: base && { ...base, hubspot: viewTask(base.hubspot, timeZone) },
  };
}

/** In that form the due time is a day, which becomes a moment again when the decision is written. */
export function viewTaskSettings<Settings extends SyncSettings>(settings: Settings): Settings {
  const { hs_timestamp: due } = settings.schemas.hubspot;
  if (!due) return settings;
  const hubspot = { ...settings.schemas.hubspot, hs_timestamp: { ...due, kind: "date" as const } };
  return { ...settings, schemas: { ...settings.schemas, hubspot } };
}

/** A decision made on the viewed form, with what HubSpot holds and takes in HubSpot's own form again. */
export function writeTaskDecision(decision: RecordDecision, held: Values | null, timeZone: string): RecordDecision {
  if (decision.kind !== "plan") return decision;
  const hubspot = decision.hubspot && {
    ...decision.hubspot,
    values: toHubSpotTask(decision.hubspot.values, held?.hs_timestamp ?? null, timeZone),
  };
  const fields = decision.fields.map((field) => {
    const { hubspotProperty: name, decision: own } = field;
    if (held === null || !SEEN_OTHERWISE.includes(name)) return field;
    const raw = held[name] ?? null;
    const isWrite = own.action === "write" && own.side === "hubspot";
    return {
      ...field,
      hubspot: raw,
      decision: isWrite ? { ...own, overwrites: raw, value: hubspot?.values[name] ?? own.value } : own,
    };
  });
  return { ...decision, fields, hubspot };
}
