import type { Hono } from "hono";
import { z } from "zod";
import { associate } from "../associate";
import { notFound, validationError } from "../errors";
import {
  answerJson,
  answerNothing,
  type HubSpotContext,
  type HubSpotEnv,
  makeApiChange,
  readJson,
  requireScope,
} from "../http";
import { PORTAL_ID } from "../ids";
import {
  CALLS,
  COMPANIES,
  CONTACTS,
  DEALS,
  EMAILS,
  ENGAGEMENT_TYPES,
  MEETINGS,
  NOTES,
  type ObjectType,
  TASKS,
  TICKETS,
} from "../object-types";
import type { CrmRecord } from "../record";
import type { HubSpotState } from "../state";
import { archiveRecord, checkProperties, createRecord, updateRecord } from "../write-record";
import { readRef } from "./associations";

type Engagement = { type: ObjectType; record: CrmRecord };

const PREFIX = "/engagements/v1/engagements";
const ids = z.array(z.coerce.string()).default([]);
const bodySchema = z.object({
  engagement: z.looseObject({
    type: z.string(),
    ownerId: z.coerce.string().optional(),
    timestamp: z.number().optional(),
    active: z.boolean().optional(),
  }),
  associations: z
    .object({ contactIds: ids, companyIds: ids, dealIds: ids, ticketIds: ids, ownerIds: ids })
    .default({ contactIds: [], companyIds: [], dealIds: [], ticketIds: [], ownerIds: [] }),
  metadata: z.record(z.string(), z.unknown()).default({}),
});
/** Other keys are let pass: clients send `associations` along, which this call never changes. */
const changeSchema = z.object({
  engagement: z.looseObject({ ownerId: z.coerce.string().optional(), timestamp: z.number().optional() }).default({}),
  metadata: z.record(z.string(), z.unknown()).default({}),
});

/** The old metadata names and the properties that they became. */
const TYPES: Record<string, { type: ObjectType; names: Record<string, string> }> = {
  NOTE: { type: NOTES, names: { body: "hs_note_body" } },
  TASK: {
    type: TASKS,
    names: {
      body: "hs_task_body",
      subject: "hs_task_subject",
      status: "hs_task_status",
      priority: "hs_task_priority",
      taskType: "hs_task_type",
      forObjectType: "hs_task_for_object_type",
    },
  },
  CALL: {
    type: CALLS,
    names: {
      body: "hs_call_body",
      title: "hs_call_title",
      status: "hs_call_status",
      durationMilliseconds: "hs_call_duration",
      toNumber: "hs_call_to_number",
      fromNumber: "hs_call_from_number",
      disposition: "hs_call_disposition",
    },
  },
  MEETING: {
    type: MEETINGS,
    names: {
      body: "hs_meeting_body",
      title: "hs_meeting_title",
      startTime: "hs_meeting_start_time",
      endTime: "hs_meeting_end_time",
      internalMeetingNotes: "hs_internal_meeting_notes",
      meetingOutcome: "hs_meeting_outcome",
    },
  },
  EMAIL: { type: EMAILS, names: { subject: "hs_email_subject", html: "hs_email_html", text: "hs_email_text" } },
};
const PLACES: [key: "contactIds" | "companyIds" | "dealIds" | "ticketIds", type: ObjectType][] = [
  ["contactIds", CONTACTS],
  ["companyIds", COMPANIES],
  ["dealIds", DEALS],
  ["ticketIds", TICKETS],
];

function show(state: HubSpotState, type: ObjectType, record: CrmRecord) {
  const entry = Object.entries(TYPES).find(([, one]) => one.type === type);
  const names = Object.entries(entry?.[1].names ?? {});
  const metadata = names.flatMap(([old, name]) =>
    record.properties[name] === undefined ? [] : [[old, record.properties[name]]],
  );
  const { hubspot_owner_id: owner, hs_timestamp: at } = record.properties;
  const linked = PLACES.map(([key, to]) => [key, state.associations.listIds({ type, id: record.id }, to).map(Number)]);
  return {
    engagement: {
      id: Number(record.id),
      portalId: PORTAL_ID,
      active: true,
      createdAt: record.createdAt,
      lastUpdated: record.updatedAt,
      type: entry?.[0],
      timestamp: Date.parse(at ?? "") || record.createdAt,
      ...(owner ? { ownerId: Number(owner) } : {}),
    },
    associations: { ...Object.fromEntries(linked), ownerIds: owner ? [Number(owner)] : [], workflowIds: [] },
    attachments: [],
    metadata: Object.fromEntries(metadata),
  };
}

/** The metadata that became properties; what has no name here is left out. */
function readMetadata(names: Record<string, string>, metadata: Record<string, unknown>): Record<string, string> {
  const given = Object.entries(metadata).flatMap(([old, value]) => {
    const name = Object.hasOwn(names, old) ? names[old] : undefined;
    return name && value !== null && typeof value !== "object" ? [[name, String(value)]] : [];
  });
  return Object.fromEntries(given);
}

async function createEngagement(c: HubSpotContext, state: HubSpotState): Promise<Response> {
  requireScope(c, "crm.objects.contacts.write");
  const { engagement, associations, metadata } = await readJson(c, bodySchema);
  const known = Object.hasOwn(TYPES, engagement.type) ? TYPES[engagement.type] : undefined;
  if (!known) throw validationError(`Engagement type ${engagement.type} is not supported`);
  const change = makeApiChange(c, state.clock.now());
  const store = state.storeOf(known.type);
  const properties = {
    ...readMetadata(known.names, metadata),
    hs_timestamp: engagement.timestamp ?? change.at,
    ...(engagement.ownerId ? { hubspot_owner_id: engagement.ownerId } : {}),
  };
  const values = checkProperties(store, undefined, properties, state);
  const targets = PLACES.flatMap(([key, to]) => associations[key].map((id) => readRef(state, to, id)));
  const record = createRecord(store, values, change);
  for (const target of targets) associate(state, { type: known.type, id: record.id }, target, [], change);
  return answerJson(c, show(state, known.type, record), 200, 1);
}

/** Merges new metadata into the engagement; associations cannot be modified by this call, so its documentation says. */
async function updateEngagement(c: HubSpotContext, state: HubSpotState, found: Engagement): Promise<Response> {
  const { engagement, metadata } = await readJson(c, changeSchema);
  const { type, record } = found;
  const names = Object.values(TYPES).find((one) => one.type === type)?.names ?? {};
  const properties = {
    ...readMetadata(names, metadata),
    ...(engagement.timestamp === undefined ? {} : { hs_timestamp: engagement.timestamp }),
    ...(engagement.ownerId === undefined ? {} : { hubspot_owner_id: engagement.ownerId }),
  };
  const store = state.storeOf(type);
  const values = checkProperties(store, record, properties, state);
  const updated = updateRecord(store, record, values, makeApiChange(c, state.clock.now()));
  return answerJson(c, show(state, type, updated), 200, 1);
}

/** Mounts the legacy engagement calls, which HubSpot's own MCP server still makes. */
export function mountEngagementRoutes(app: Hono<HubSpotEnv>, state: HubSpotState): void {
  const find = (c: HubSpotContext): Engagement => {
    const id = c.req.param("id") ?? "";
    for (const type of ENGAGEMENT_TYPES) {
      const record = state.storeOf(type).find(id);
      if (record) return { type, record };
    }
    throw notFound({ engagementId: [id] });
  };
  app.post(PREFIX, (c) => createEngagement(c, state));
  app.get(`${PREFIX}/:id`, (c) => {
    requireScope(c, "crm.objects.contacts.read");
    const { type, record } = find(c);
    return answerJson(c, show(state, type, record), 200, 1);
  });
  app.patch(`${PREFIX}/:id`, async (c) => {
    requireScope(c, "crm.objects.contacts.write");
    return updateEngagement(c, state, find(c));
  });
  app.delete(`${PREFIX}/:id`, (c) => {
    requireScope(c, "crm.objects.contacts.write");
    const { type, record } = find(c);
    archiveRecord(state.storeOf(type), record.id, state.clock.now());
    return answerNothing();
  });
}
