import { isHubSpotObject, LIST_OBJECT_TYPES } from "@/lib/crm/face";
import type { JobRequest } from "@/lib/decide/job-request";
import { objectOfSalesforce } from "@/lib/decide/object-of";
import type { SalesforceReading, SalesforceType, SyncObject } from "@/lib/decide/record-types";
import { type ItemKeys, listPlannedItems } from "@/lib/store/job-items";
import type { JobCheckpoint, StoredJob } from "@/lib/store/jobs";
import { listRecordIds } from "@/lib/store/record-ids";
import { findKnownObjects } from "./activity-checks";
import { filterHubSpot, filterSalesforce } from "./import-filter";
import type { SyncContext } from "./load-sync-context";
import { isImportedEvent, readEventImport } from "./read-event-import";
import type { SourceInput, SourcePage } from "./source-page";

/** Known records named at once; they cost no remote call. */
const OWN_PAGE_SIZE = 1_000;

/** The job cannot go on, and trying again would not help. `type` names the words that the page shows. */
export class JobFailed extends Error {
  constructor(
    readonly type: string,
    message: string,
  ) {
    super(message);
    this.name = "JobFailed";
  }
}

/**
 * The page of records at the job's checkpoint, and where the next one begins.
 * @throws CrmCallError when a CRM does not answer, JobFailed when the source is gone.
 */
export async function readSource(input: SourceInput, job: StoredJob): Promise<SourcePage> {
  const page = await readPage(input, job);
  const { label } = job.checkpoint;
  return label === undefined ? page : { ...page, checkpoint: { label, ...page.checkpoint } };
}

async function readPage(input: SourceInput, job: StoredJob): Promise<SourcePage> {
  const { request, previewId } = job.params;
  if (request.kind === "import_hubspot" && isImportedEvent(request.object))
    return readEventImport(input, request, job.checkpoint, previewId);
  if (previewId !== null) return readPreviewed(input, previewId, job.checkpoint);
  switch (request.kind) {
    case "import_hubspot":
      return readHubSpotImport(input, request, job.checkpoint);
    case "import_salesforce":
      return readSalesforceImport(input, request, job.checkpoint);
    case "list_sync":
      return readListMembers(input, request.listId, job.checkpoint);
    case "resync":
    case "backfill":
      return readOwnRecords(input, request, job.checkpoint);
  }
}

function contextOf(contexts: SyncContext[], object: SyncObject): SyncContext {
  const context = contexts.find((one) => one.object === object);
  if (!context) throw new JobFailed("unknown", `There is nothing to sync for ${object}`);
  return context;
}

async function readHubSpotImport(
  { contexts, crms }: SourceInput,
  request: Extract<JobRequest, { kind: "import_hubspot" }>,
  { place }: JobCheckpoint,
): Promise<SourcePage> {
  const { object } = request;
  if (!isHubSpotObject(object)) throw new JobFailed("unknown", `HubSpot has no records of ${object}`);
  const context = contextOf(contexts, object);
  const page = await crms.hubspot.of(object).readImport(filterHubSpot(request, context), place, context.properties);
  return {
    keys: { object, side: "hubspot" },
    ids: page.readings.map((r) => r.id),
    readings: page.readings.map((r) => ({ ...r, type: null })),
    checkpoint: { part: 0, place: page.next, isNamed: page.next === null },
    more: page.total,
  };
}

/** One type of Salesforce after the other. */
async function readSalesforceImport(
  { connectionId, contexts, crms }: SourceInput,
  request: Extract<JobRequest, { kind: "import_salesforce" }>,
  { part, place }: JobCheckpoint,
): Promise<SourcePage> {
  const { object, types } = request;
  const keys: ItemKeys = { object, side: "salesforce" };
  const type = types[part];
  if (type === undefined) {
    return { keys, ids: [], readings: [], checkpoint: { part, place: null, isNamed: true }, more: null };
  }
  const context = contextOf(contexts, object);
  const { fields, settings } = context;
  const filter = filterSalesforce(request, context, type);
  const page = await crms.salesforce.readImport(
    { type, filter, fields: fields[type] ?? [], schema: settings.schemas[type] },
    place,
  );
  const isLastPart = part + 1 >= types.length;
  const readings = await pickObject(connectionId, object, type, page.readings);
  return {
    keys,
    ids: readings.map((r) => r.id),
    readings,
    checkpoint:
      page.next === null
        ? { part: part + 1, place: null, isNamed: isLastPart }
        : { part, place: page.next, isNamed: false },
    more: page.total,
  };
}

/** Without id fields nothing in Salesforce tells that a Task is a note's copy; our own rows do. */
async function pickObject(
  connectionId: string,
  object: SyncObject,
  type: SalesforceType,
  readings: SalesforceReading[],
): Promise<SalesforceReading[]> {
  const known = await findKnownObjects(connectionId, type, readings);
  return readings.filter(({ id, values }) => (known.get(id)?.object ?? objectOfSalesforce(type, values)) === object);
}

/** `place`: the object and HubSpot's own place, "contact|NTI1Cg==". */
async function readListMembers({ crms }: SourceInput, listId: string, checkpoint: JobCheckpoint): Promise<SourcePage> {
  const [known = "", after = ""] = (checkpoint.place ?? "").split("|");
  let object = known as keyof typeof LIST_OBJECT_TYPES;
  let more: number | null = null;
  let named: { label?: string } = {};
  if (checkpoint.place === null) {
    const list = await crms.hubspot.lists.read(listId);
    if (!list) throw new JobFailed("list_gone", "The list is no longer in HubSpot");
    const found = (["contact", "company", "deal"] as const).find((one) => LIST_OBJECT_TYPES[one] === list.objectTypeId);
    if (!found) throw new JobFailed("list_of_other_object", `The list holds records of type ${list.objectTypeId}`);
    object = found;
    more = list.size;
    named = { label: list.name };
  }
  const page = await crms.hubspot.lists.readMembers(listId, after === "" ? null : after);
  const place = page.next === null ? null : `${object}|${page.next}`;
  return {
    keys: { object, side: "hubspot" },
    ids: page.ids,
    readings: null,
    checkpoint: { part: 0, place, isNamed: place === null, ...named },
    more,
  };
}

async function readOwnRecords(
  { connectionId }: SourceInput,
  request: Extract<JobRequest, { kind: "resync" | "backfill" }>,
  { place }: JobCheckpoint,
): Promise<SourcePage> {
  const { object, states } = request;
  const only = request.kind === "resync" ? request.recordIds : null;
  const errors =
    request.kind === "resync" ? { types: request.errorTypes ?? [], side: request.errorSide ?? null } : null;
  const query = { object, states, only, errors, after: place, limit: OWN_PAGE_SIZE };
  const page = await listRecordIds(connectionId, query);
  const isNamed = page.ids.length < OWN_PAGE_SIZE;
  return {
    keys: { object, side: null },
    ids: page.ids,
    readings: null,
    checkpoint: { part: 0, place: page.ids.at(-1) ?? place, isNamed },
    more: page.total,
  };
}

/** Exactly the records that a preview would write (spec X1). */
async function readPreviewed(
  { connectionId }: SourceInput,
  previewId: string,
  { place }: JobCheckpoint,
): Promise<SourcePage> {
  const page = await listPlannedItems(connectionId, previewId, { after: place, limit: OWN_PAGE_SIZE });
  return {
    keys: page.keys,
    ids: page.items.map((item) => item.key),
    readings: null,
    checkpoint: {
      part: 0,
      place: page.items.at(-1)?.key ?? place,
      isNamed: page.items.length < OWN_PAGE_SIZE,
    },
    more: place === null ? page.total : null,
  };
}
