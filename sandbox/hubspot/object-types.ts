/** What the sandbox knows of one CRM object type. */
export type ObjectType = {
  /** Plural path name, e.g. "contacts". */
  readonly name: string;
  /** Upper-case singular, as error messages write it. */
  readonly label: string;
  readonly typeId: string;
  /** The name inside `crm.objects.<name>.read`; engagements are read and written with the right to contacts. */
  readonly scopes: string;
  readonly createdProperty: string;
  readonly modifiedProperty: string;
  readonly defaultProperties: readonly string[];
  /** The properties that a free-text `query` looks into. */
  readonly queryProperties: readonly string[];
  /** A creation without one of these is refused. */
  readonly requiredProperties: readonly string[];
  readonly firstId: number;
  /** The properties that hold a record's pipeline and stage. */
  readonly stage?: { readonly pipeline: string; readonly stage: string };
};

const STAMPS = { createdProperty: "createdate", modifiedProperty: "hs_lastmodifieddate", requiredProperties: [] };

export const CONTACTS: ObjectType = {
  ...STAMPS,
  name: "contacts",
  label: "CONTACT",
  typeId: "0-1",
  scopes: "contacts",
  modifiedProperty: "lastmodifieddate",
  defaultProperties: ["createdate", "email", "firstname", "hs_object_id", "lastmodifieddate", "lastname"],
  queryProperties: ["firstname", "lastname", "email", "phone", "hs_additional_emails", "fax", "mobilephone", "company"],
  firstId: 20000000001,
};

export const COMPANIES: ObjectType = {
  ...STAMPS,
  name: "companies",
  label: "COMPANY",
  typeId: "0-2",
  scopes: "companies",
  defaultProperties: ["createdate", "domain", "hs_lastmodifieddate", "hs_object_id", "name"],
  queryProperties: ["website", "phone", "name", "domain"],
  firstId: 30000000001,
};

export const DEALS: ObjectType = {
  ...STAMPS,
  name: "deals",
  label: "DEAL",
  typeId: "0-3",
  scopes: "deals",
  defaultProperties: [
    "amount",
    "closedate",
    "createdate",
    "dealname",
    "dealstage",
    "hs_lastmodifieddate",
    "hs_object_id",
    "pipeline",
  ],
  queryProperties: ["dealname", "pipeline", "dealstage", "description", "dealtype"],
  firstId: 40000000001,
  stage: { pipeline: "pipeline", stage: "dealstage" },
};

export const TICKETS: ObjectType = {
  ...STAMPS,
  name: "tickets",
  label: "TICKET",
  typeId: "0-5",
  scopes: "tickets",
  defaultProperties: [
    "content",
    "createdate",
    "hs_lastmodifieddate",
    "hs_object_id",
    "hs_pipeline",
    "hs_pipeline_stage",
    "hs_ticket_category",
    "hs_ticket_priority",
    "subject",
  ],
  queryProperties: ["subject", "content", "hs_pipeline_stage", "hs_ticket_category", "hs_ticket_id"],
  firstId: 50000000001,
  stage: { pipeline: "hs_pipeline", stage: "hs_pipeline_stage" },
};

function engagement(name: string, label: string, typeId: string, firstId: number, query: string[]): ObjectType {
  return {
    name,
    label,
    typeId,
    scopes: "contacts",
    createdProperty: "hs_createdate",
    modifiedProperty: "hs_lastmodifieddate",
    defaultProperties: ["hs_createdate", "hs_lastmodifieddate", "hs_object_id"],
    queryProperties: query,
    requiredProperties: ["hs_timestamp"],
    firstId,
  };
}

export const CALLS = engagement("calls", "CALL", "0-48", 60000000001, ["hs_call_title", "hs_body_preview"]);
export const EMAILS = engagement("emails", "EMAIL", "0-49", 61000000001, ["hs_email_subject"]);
export const MEETINGS = engagement("meetings", "MEETING_EVENT", "0-47", 62000000001, [
  "hs_meeting_title",
  "hs_meeting_body",
]);
export const NOTES = engagement("notes", "NOTE", "0-46", 63000000001, ["hs_note_body"]);
export const TASKS = engagement("tasks", "TASK", "0-27", 64000000001, ["hs_task_body", "hs_task_subject"]);

export const ENGAGEMENT_TYPES: readonly ObjectType[] = [CALLS, EMAILS, MEETINGS, NOTES, TASKS];
/** The types that every portal has; custom ones are made at run time. */
export const OBJECT_TYPES: readonly ObjectType[] = [CONTACTS, COMPANIES, DEALS, TICKETS, ...ENGAGEMENT_TYPES];

/** Every way to name a type in a path, in lower case: plural, singular, type id, and the short name of meetings. */
export function listSpellings({ name, label, typeId }: ObjectType): string[] {
  return [name, label.toLowerCase(), typeId, ...(name === "meetings" ? ["meeting"] : [])].map((one) =>
    one.toLowerCase(),
  );
}

/** The singular as association names write it, e.g. `contact_to_meeting_event`. */
export function singularOf(type: ObjectType): string {
  return type.label.toLowerCase();
}

/** The scopes of which one opens records of a type; tickets have one scope for reading and writing, named like the type. */
export function listScopes(type: ObjectType, right: "read" | "write"): string[] {
  return type.scopes === "tickets" ? ["tickets"] : [`crm.objects.${type.scopes}.${right}`];
}
