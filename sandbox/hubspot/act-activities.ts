import { z } from "zod";
import { type ActDoor, ActError, defineAct } from "../shared/control-routes";
import { associate } from "./associate";
import { CALLS, CONTACTS, EMAILS, MEETINGS, NOTES, type ObjectType, TASKS } from "./object-types";
import type { CrmRecord } from "./record";
import type { HubSpotState } from "./state";
import { checkProperties, createRecord, updateRecord } from "./write-record";

const whoSchema = z.strictObject({ id: z.coerce.string().optional(), email: z.string().optional() });
const extraSchema = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).default({});
const mailSchema = whoSchema.extend({
  subject: z.string().default("Following up"),
  text: z.string().default("Hello, shall we talk this week?"),
  properties: extraSchema,
});
const openSchema = whoSchema.extend({ emailId: z.coerce.string().optional() });
const meetingSchema = whoSchema.extend({
  title: z.string().default("Introduction"),
  startMs: z.number().int().optional(),
  minutes: z.number().int().positive().default(30),
  location: z.string().default("https://meet.example.com/intro"),
  viaLink: z.boolean().default(true),
  properties: extraSchema,
});
const callSchema = whoSchema.extend({
  title: z.string().default("Call"),
  body: z.string().default("Talked about the offer."),
  durationMs: z.number().int().nonnegative().default(180_000),
  direction: z.enum(["INBOUND", "OUTBOUND"]).default("OUTBOUND"),
  properties: extraSchema,
});
const noteSchema = whoSchema.extend({ body: z.string().default("Met at the trade fair."), properties: extraSchema });
const documentSchema = whoSchema.extend({ document: z.string().default("Price list 2026") });
const taskSchema = whoSchema.extend({
  subject: z.string().default("Send the offer"),
  body: z.string().default(""),
  dueMs: z.number().int().optional(),
  priority: z.enum(["NONE", "LOW", "MEDIUM", "HIGH"]).default("MEDIUM"),
  type: z.enum(["CALL", "EMAIL", "TODO"]).default("TODO"),
  properties: extraSchema,
});
const DAY_MS = 86_400_000;
/** "Connected", one of HubSpot's default call outcomes. */
const CONNECTED = "f240bbac-87c9-4f6e-bf70-924b57d47db7";

/** The contact of an act. Throws ActError. */
export function findWho(
  state: HubSpotState,
  { id, email }: { id?: string | undefined; email?: string | undefined },
): CrmRecord {
  const record = id === undefined ? email && state.contacts.findByEmail(email) : state.contacts.resolve(id);
  if (!record) throw new ActError(`no contact ${id ?? email ?? "(give id or email)"}`);
  return record;
}

type Given = Record<string, string | number | boolean | null>;

/** A person puts an activity on a contact. */
function addActivity(state: HubSpotState, type: ObjectType, contact: CrmRecord, given: Given): CrmRecord {
  const store = state.storeOf(type);
  const change = state.makePersonChange();
  const owner = state.owners.find((one) => one.userId === change.userId)?.id;
  const values = checkProperties(
    store,
    undefined,
    { hs_timestamp: change.at, ...(owner ? { hubspot_owner_id: owner } : {}), ...given },
    state,
  );
  const record = createRecord(store, values, change);
  associate(state, { type, id: record.id }, { type: CONTACTS, id: contact.id }, [], change);
  return record;
}

/** Moves read-only properties of a contact, as HubSpot does by itself. */
export function moveContact(state: HubSpotState, contact: CrmRecord, values: Record<string, string>): void {
  const change = { ...state.makePersonChange(), sourceType: "CALCULATED" as const, userId: null };
  const latest = state.contacts.find(contact.id) ?? contact;
  const known = Object.entries(values).filter(([name]) => state.contacts.schema.find(name));
  updateRecord(state.contacts, latest, Object.fromEntries(known), change);
}

function show({ id, properties }: CrmRecord, contact: CrmRecord) {
  return { id, properties, contactId: contact.id };
}

function sendSalesEmail(state: HubSpotState, input: z.output<typeof mailSchema>) {
  const contact = findWho(state, input);
  const sender = state.owners[1];
  const record = addActivity(state, EMAILS, contact, {
    hs_email_direction: "EMAIL",
    hs_email_status: "SENT",
    hs_email_subject: input.subject,
    hs_email_text: input.text,
    hs_email_html: `<p>${input.text}</p>`,
    hs_email_headers: JSON.stringify({
      from: { email: sender?.email, firstName: sender?.firstName, lastName: sender?.lastName },
      to: [{ email: contact.properties.email ?? "" }],
      cc: [],
      bcc: [],
    }),
    ...input.properties,
  });
  return show(record, contact);
}

/** A sales email is opened or clicked: its counter and the contact's date move. */
function touchSalesEmail(state: HubSpotState, input: z.output<typeof openSchema>, isClick: boolean) {
  const contact = findWho(state, input);
  const links = state.associations.listIds({ type: CONTACTS, id: contact.id }, EMAILS);
  const id = input.emailId ?? links.at(-1);
  const store = state.storeOf(EMAILS);
  const email = id === undefined ? undefined : store.find(id);
  if (!email) throw new ActError(`no sales email was sent to ${contact.properties.email ?? contact.id}`);
  const change = { ...state.makePersonChange(), sourceType: "CALCULATED" as const, userId: null };
  const at = new Date(change.at).toISOString();
  const count = (name: string) => ({ [name]: String(Number(email.properties[name] ?? 0) + 1) });
  const next = updateRecord(store, email, count(isClick ? "hs_email_click_count" : "hs_email_open_count"), change);
  moveContact(state, contact, {
    [isClick ? "hs_sales_email_last_clicked" : "hs_sales_email_last_opened"]: at,
    hs_last_sales_activity_timestamp: at,
  });
  return show(next, contact);
}

function scheduleMeeting(state: HubSpotState, input: z.output<typeof meetingSchema>) {
  const contact = findWho(state, input);
  const now = state.clock.now();
  const start = input.startMs ?? Math.ceil((now + 2 * DAY_MS) / 3_600_000) * 3_600_000;
  const record = addActivity(state, MEETINGS, contact, {
    hs_timestamp: start,
    hs_meeting_title: input.title,
    hs_meeting_start_time: start,
    hs_meeting_end_time: start + input.minutes * 60_000,
    hs_meeting_outcome: "SCHEDULED",
    hs_meeting_location: input.location,
    ...input.properties,
  });
  // Only a booking through a scheduling link moves these, as their labels say ("booked in meetings tool").
  if (input.viaLink) {
    const at = new Date(now).toISOString();
    moveContact(state, contact, {
      engagements_last_meeting_booked: at,
      engagements_last_meeting_booked_source: "MEETINGS_PUBLIC",
      hs_last_sales_activity_timestamp: at,
    });
  }
  return show(record, contact);
}

/** What sales people and their contacts do. */
export function makeActivityActs(state: HubSpotState): Record<string, ActDoor> {
  const add = <T extends { id?: string | undefined; email?: string | undefined; properties: Given }>(
    type: ObjectType,
    fill: (input: T) => Given,
  ) => {
    return (input: T) => {
      const contact = findWho(state, input);
      return show(addActivity(state, type, contact, { ...fill(input), ...input.properties }), contact);
    };
  };
  return {
    sendSalesEmail: defineAct(mailSchema, "A rep sends a one-to-one email", (input) => sendSalesEmail(state, input)),
    openSalesEmail: defineAct(openSchema, "A contact opens a sales email (the last one, or emailId)", (input) =>
      touchSalesEmail(state, input, false),
    ),
    clickSalesEmail: defineAct(openSchema, "A contact clicks a link in a sales email", (input) =>
      touchSalesEmail(state, input, true),
    ),
    scheduleMeeting: defineAct(meetingSchema, "A meeting with a contact is booked", (input) =>
      scheduleMeeting(state, input),
    ),
    logCall: defineAct(
      callSchema,
      "A rep logs a call with a contact",
      add(CALLS, (input) => ({
        hs_call_title: input.title,
        hs_call_body: input.body,
        hs_call_duration: input.durationMs,
        hs_call_direction: input.direction,
        hs_call_status: "COMPLETED",
        hs_call_disposition: CONNECTED,
      })),
    ),
    addNote: defineAct(
      noteSchema,
      "A rep writes a note on a contact",
      add(NOTES, ({ body }) => ({ hs_note_body: body })),
    ),
    viewDocument: defineAct(documentSchema, "A contact views a sales document again", (input) => {
      const contact = findWho(state, input);
      const at = new Date(state.clock.now()).toISOString();
      moveContact(state, contact, { hs_document_last_revisited: at, hs_last_sales_activity_timestamp: at });
      return { id: contact.id, document: input.document };
    }),
    createTask: defineAct(
      taskSchema,
      "A rep makes a task about a contact",
      add(TASKS, (input) => ({
        hs_timestamp: input.dueMs ?? state.clock.now() + DAY_MS,
        hs_task_subject: input.subject,
        hs_task_body: input.body,
        hs_task_status: "NOT_STARTED",
        hs_task_priority: input.priority,
        hs_task_type: input.type,
      })),
    ),
  };
}
