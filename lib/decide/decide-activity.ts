import { momentOf } from "./activity-values";
import { checkGates } from "./check-gates";
import { CREATE_ONLY_TASK_FIELDS } from "./compose-activity";
import type { FieldPlan, RecordDecision } from "./decision-types";
import type { RecordSnapshot } from "./record-snapshot";
import type { RawValue, SalesforceType, Side, SyncObject, SyncSettings, Values } from "./record-types";
import { isBlank } from "./record-types";

/** The copy of an activity as it should stand on the other side. */
export type ComposedCopy = {
  /** Where the copy stands */
  side: Side;
  type: SalesforceType;
  values: Values;
  /** The same, composed of what was in sync last; null = never */
  before: Values | null;
};

/** The property that each field of a copy is mostly made of, for the timeline. */
const PROPERTIES: Partial<Record<SyncObject, Record<string, string>>> = {
  call: {
    Subject: "hs_call_title",
    Description: "hs_call_body",
    CallDurationInSeconds: "hs_call_duration",
    CallType: "hs_call_direction",
    CallDisposition: "hs_call_disposition",
  },
  email: { Subject: "hs_email_subject", Description: "hs_email_text" },
  meeting: {
    Subject: "hs_meeting_title",
    Description: "hs_meeting_body",
    Location: "hs_meeting_location",
    StartDateTime: "hs_meeting_start_time",
    EndDateTime: "hs_meeting_end_time",
  },
  note: { Subject: "hs_note_body", Description: "hs_note_body" },
};
const COMMON: Record<string, string> = { ActivityDate: "hs_timestamp", OwnerId: "hubspot_owner_id" };

/**
 * A2, A4: the decision about an activity without mappings. It is created once; later, what its own side edited since goes
 * over to the copy. Edits of the copy do not travel back, and stay where nothing was edited on the own side. Pure.
 */
export function decideActivity(
  snapshot: RecordSnapshot,
  copy: ComposedCopy,
  settings: SyncSettings,
): Exclude<RecordDecision, { kind: "needs_edit_times" }> {
  const { gates, exclusion } = checkGates(snapshot, settings);
  if (exclusion !== null) return { kind: "excluded", reason: exclusion, gates };
  if (snapshot.deletedIn) {
    return { kind: "delete", side: snapshot.deletedIn === "salesforce" ? "hubspot" : "salesforce", gates };
  }
  const standing = snapshot[copy.side];
  const values = standing === null ? presentValues(copy.values) : editedValues(copy, standing.values);
  const fields = Object.entries(values).map(([name, value]) =>
    planField(copy, name, value, standing?.values[name] ?? null, settings.object),
  );
  const operation = standing === null ? "create" : "update";
  const write = operation === "create" || fields.length > 0 ? ({ operation, values } as const) : null;
  return {
    kind: "plan",
    gates,
    fields,
    hubspot: copy.side === "hubspot" ? write : null,
    salesforce: copy.side === "salesforce" && write ? { ...write, type: copy.type } : null,
  };
}

function presentValues(values: Values): Values {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => !isBlank(value)));
}

function editedValues({ values, before }: ComposedCopy, held: Values): Values {
  const edited = Object.entries(values).filter(
    ([name, value]) =>
      !CREATE_ONLY_TASK_FIELDS.includes(name) &&
      !(before !== null && isSame(value, before[name])) &&
      !isSame(value, held[name]),
  );
  return Object.fromEntries(edited);
}

/** Times to the second, whatever their form; texts but for white space around them. */
function isSame(a: RawValue | undefined, b: RawValue | undefined): boolean {
  if (isBlank(a) || isBlank(b)) return isBlank(a) && isBlank(b);
  const [x, y] = [String(a), String(b)].map((text) => text.replaceAll("\r\n", "\n").trim());
  if (x === y) return true;
  const isTime = [x, y].every((text) => /^\d{4}-\d\d-\d\dT/.test(text ?? ""));
  const [first, second] = [momentOf(x), momentOf(y)];
  return isTime && first !== null && second !== null && Math.floor(first / 1000) === Math.floor(second / 1000);
}

function planField(copy: ComposedCopy, name: string, value: RawValue, held: RawValue, object: SyncObject): FieldPlan {
  const names = { ...COMMON, ...PROPERTIES[object] };
  const isInSalesforce = copy.side === "salesforce";
  const partner = isInSalesforce ? names[name] : Object.entries(names).find(([, property]) => property === name)?.[0];
  const winner = isInSalesforce ? "hubspot" : "salesforce";
  return {
    mappingId: `activity-${name}`,
    rule: isInSalesforce ? "always_hubspot" : "always_salesforce",
    hubspotProperty: isInSalesforce ? (partner ?? name) : name,
    salesforceField: isInSalesforce ? name : (partner ?? name),
    hubspot: isInSalesforce ? null : held,
    salesforce: isInSalesforce ? held : null,
    base: null,
    decision: {
      action: "write",
      side: copy.side,
      value,
      overwrites: held,
      winner,
      reason: isInSalesforce ? "hubspot_wins" : "salesforce_wins",
      conflict: false,
    },
  };
}
