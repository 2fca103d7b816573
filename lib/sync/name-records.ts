import { isHubSpotObject } from "@/lib/crm/face";
import { whyNotImported } from "@/lib/decide/activity-news";
import type { ExclusionReason } from "@/lib/decide/check-gates";
import { findMappedChanges, isNewlyConverted } from "@/lib/decide/find-due";
import { triggerOf } from "@/lib/decide/job-request";
import { SALESFORCE_TYPES_OF } from "@/lib/decide/record-types";
import { inTransaction } from "@/lib/store/client";
import { findNamed, insertItems, type NamedItem, type PriorRecord, readPriors } from "@/lib/store/job-items";
import { type StoredJob, saveCheckpoint } from "@/lib/store/jobs";
import { insertPreviewed, readUnclaimed } from "@/lib/store/preview-items";
import {
  findKnownRecords,
  type KnownRecord,
  markRecordsDue,
  type ReadingMark,
  saveReadingMarks,
  type TriggerMark,
} from "@/lib/store/record-marks";
import { markFor, type PageReading } from "./check-for-changes";
import type { SyncContext } from "./load-sync-context";
import { newTrigger } from "./new-trigger";
import { noteContactEvents } from "./note-contact-events";
import { previewRecords } from "./preview-records";
import { isImportedEvent } from "./read-event-import";
import type { SourceInput, SourcePage } from "./source-page";

type Named = { items: NamedItem[]; known: string[]; fresh: ReadingMark[] };

/** Another process moved the job on, or somebody cancelled it: nothing of this page counts. */
export class JobMovedOn extends Error {}

/**
 * Marks the records of one page due and notes them as the job's, in one transaction with its checkpoint: a process that
 * dies names nothing twice and leaves nothing out. What the base shows unchanged is settled at once, without a call.
 * @throws JobMovedOn, CrmCallError
 */
export async function nameRecords(input: SourceInput, job: StoredJob, page: SourcePage): Promise<void> {
  const { connectionId } = input;
  const named = await sortPage(input, job, page);
  const total = page.more === null ? null : (job.total ?? 0) + page.more;
  await inTransaction(async (tx) => {
    if (!(await saveCheckpoint(tx, connectionId, job, { checkpoint: page.checkpoint, total }))) throw new JobMovedOn();
    const trigger = jobTrigger(job);
    if (page.keys.side) {
      await saveReadingMarks(tx, connectionId, page.keys.object, page.keys.side, named.fresh, 0n);
    }
    await markRecordsDue(
      tx,
      connectionId,
      named.known.map((recordId) => ({ recordId, trigger })),
    );
    await insertItems(tx, connectionId, job.id, page.keys, named.items);
  });
}

/**
 * The same for a preview: the records of the page are read and decided, and what would come of them is noted. Nothing is
 * marked.
 */
export async function previewPage(input: SourceInput, job: StoredJob, page: SourcePage): Promise<void> {
  const { connectionId, crms } = input;
  const done = await findNamed(connectionId, job.id, page.ids);
  const ids = [...new Set(page.ids)].filter((id) => !done.has(id));
  const context = contextOf(input, page);
  const known = await readUnclaimed(connectionId, page.keys, ids);
  const readings = await readFresh(input, context, page, ids, known);
  const byId = new Map(readings.map((reading) => [reading.id, reading]));
  const subjects = ids.map((key) => ({ key, record: known.get(key) ?? null, reading: byId.get(key) ?? null }));
  const items = await previewRecords(
    context,
    crms,
    page.keys,
    subjects.filter(({ record, reading }) => record !== null || reading !== null),
  );
  const total = page.more === null ? null : (job.total ?? 0) + page.more;
  await inTransaction(async (tx) => {
    if (!(await saveCheckpoint(tx, connectionId, job, { checkpoint: page.checkpoint, total }))) throw new JobMovedOn();
    await insertPreviewed(tx, connectionId, job.id, items);
  });
}

function contextOf({ contexts }: SourceInput, { keys }: SourcePage): SyncContext {
  const context = contexts.find((one) => one.object === keys.object);
  if (!context) throw new Error(`There is no context of ${keys.object}`);
  return context;
}

function jobTrigger(job: StoredJob): TriggerMark {
  return newTrigger(triggerOf(job.params.request), null, [], job.by);
}

async function sortPage(input: SourceInput, job: StoredJob, page: SourcePage): Promise<Named> {
  const { connectionId } = input;
  const done = await findNamed(connectionId, job.id, page.ids);
  const ids = [...new Set(page.ids)].filter((id) => !done.has(id));
  const priors = await readPriors(connectionId, page.keys, ids);
  // HubSpot's events are held nowhere but here: what a page tells of a known one, or of one named before, is kept.
  const isEvent = isImportedEvent(page.keys.object) && page.keys.side === "hubspot";
  const context = contextOf(input, page);
  const readings = await readFresh(input, context, page, ids, priors);
  const byId = new Map(readings.map((reading) => [reading.id, reading]));
  const unchanged = page.readings === null ? new Set<string>() : await findUnchanged(page, byId, priors, context);
  const named: Named = { items: [], known: [], fresh: [] };
  for (const id of ids) {
    const prior = priors.get(id) ?? null;
    const mark = prior && !isEvent ? null : makeMark(byId.get(id), job, page, context);
    const item = { key: id, prior, outcome: null, reason: null };
    if (prior && unchanged.has(id)) named.items.push({ ...item, outcome: "unchanged" });
    else if (prior && !isEvent) {
      named.items.push(item);
      named.known.push(prior.recordId);
    } else if (mark) {
      named.items.push(item);
      named.fresh.push(mark);
    } else named.items.push({ ...item, outcome: "excluded", reason: whyLeftOut(byId.get(id), page, context) });
  }
  if (isEvent) {
    const again = readings.filter(({ id }) => done.has(id)).map((reading) => makeMark(reading, job, page, context));
    named.fresh.push(...again.filter((mark) => mark !== null));
  } else if (page.keys.side === "hubspot") {
    const fresh = named.fresh.map(({ remoteId, values }) => ({ id: remoteId, values }));
    await noteContactEvents(context, fresh, () => null);
  }
  return named;
}

/** Of a record that we do not know and that the job does not bring in. */
function whyLeftOut(reading: PageReading | undefined, { keys }: SourcePage, context: SyncContext): ExclusionReason {
  const { object, settings } = context;
  const activity = settings.activity;
  const why = reading && keys.side && activity ? whyNotImported(keys.side, object, reading.values, activity) : null;
  if (why !== null) return why;
  if (reading?.values.IsConverted === true) return "lead_is_converted";
  return keys.side === "salesforce" ? "salesforce_record_not_visible" : "hubspot_record_not_found";
}

/** The page's own readings; where it only told ids, those of records that we do not know. */
async function readFresh(
  { crms }: SourceInput,
  context: SyncContext,
  page: SourcePage,
  ids: string[],
  known: Map<string, unknown>,
): Promise<PageReading[]> {
  if (page.readings !== null) return page.readings;
  const unknown = ids.filter((id) => !known.has(id));
  if (unknown.length === 0 || page.keys.side === null) return [];
  if (page.keys.side === "salesforce") return crms.salesforce.readByIds(unknown, context.fields);
  const { object } = page.keys;
  if (!isHubSpotObject(object)) return [];
  const readings = await crms.hubspot.of(object).readByIds(unknown, context.properties);
  return readings.map((reading) => ({ ...reading, type: null }));
}

/** A record that we did not know joins as a check would have let it, for the job's reason. */
function makeMark(
  reading: PageReading | undefined,
  job: StoredJob,
  page: SourcePage,
  context: SyncContext,
): ReadingMark | null {
  const { side, object } = page.keys;
  if (!reading || !side) return null;
  const { activity } = context.settings;
  if (activity && whyNotImported(side, object, reading.values, activity) !== null) return null;
  const mark = markFor(reading, side, undefined, context, true);
  return mark && { ...mark, trigger: jobTrigger(job) };
}

/** Pairs in sync whose values are those of the base: neither side needs a call (spec Q2). */
async function findUnchanged(
  page: SourcePage,
  readings: Map<string, PageReading>,
  priors: Map<string, PriorRecord>,
  context: SyncContext,
): Promise<Set<string>> {
  const { side, object } = page.keys;
  const quiet = [...priors].filter(([, prior]) => prior.state === "in_sync" && !prior.isDue).map(([id]) => id);
  if (side === null || quiet.length === 0) return new Set();
  const known = await findKnownRecords(context.connectionId, object, side, quiet);
  return new Set(
    quiet.filter((id) => {
      const reading = readings.get(id);
      const record = known.get(id);
      return reading && record && isUnchanged(reading, side, record, context);
    }),
  );
}

function isUnchanged(
  reading: PageReading,
  side: "hubspot" | "salesforce",
  known: KnownRecord,
  context: SyncContext,
): boolean {
  if (!known.hubspotBase || !known.salesforceBase || known.isDue) return false;
  const base = { hubspot: known.hubspotBase, salesforce: known.salesforceBase };
  const type = reading.type ?? known.salesforceType ?? SALESFORCE_TYPES_OF[context.object][0] ?? "Contact";
  if (side === "salesforce" && isNewlyConverted(reading.values, base)) return false;
  return findMappedChanges(side, type, reading.values, base, context.settings).length === 0;
}
