import type { Hono } from "hono";
import { z } from "zod";
import { HubSpotError, notFound, validationError } from "../errors";
import {
  answerJson,
  answerNothing,
  type HubSpotContext,
  type HubSpotEnv,
  readJson,
  readOrigin,
  requireScope,
} from "../http";
import { PORTAL_ID } from "../ids";
import { type JournalFilter, newFilterSchema } from "../journal-filters";
import { snapshotSchema } from "../journal-snapshots";
import type { HubSpotState } from "../state";

const VERSION = "2026-03";
const MAX_BATCH = 100;
const READ = ["developer.webhooks_journal.read", "webhooks-journal-data-access"];
const idList = z.array(z.coerce.number()).optional();
const subscriptionSchema = z.object({
  subscriptionType: z.string(),
  portalId: z.coerce.number(),
  actions: z.array(z.string()).default([]),
  objectTypeId: z.string().optional(),
  associatedObjectTypeIds: z.array(z.string()).optional(),
  objectIds: idList,
  properties: z.array(z.string()).optional(),
  listIds: idList,
  eventTypeId: z.string().optional(),
});

/** Where one entry can be fetched, as every read answers it. */
function describeEntry(c: HubSpotContext, state: HubSpotState, offset: string) {
  const { expiresAt, seal } = state.journal.sign(offset);
  return {
    url: `${readOrigin(c)}/webhooks-journal/files/${offset}?expires=${expiresAt}&signature=${seal}`,
    expiresAt: new Date(expiresAt).toISOString(),
    currentOffset: offset,
  };
}

/** Mounts the files that the journal's reads point at; the signature in the address is the only key. */
export function mountJournalFiles(app: Hono<HubSpotEnv>, state: HubSpotState): void {
  app.get("/webhooks-journal/files/:offset", (c) => {
    const offset = c.req.param("offset");
    const expires = Number(c.req.query("expires"));
    const isRight = c.req.query("signature") === state.journal.sign(offset, expires).seal;
    if (!isRight || expires < state.clock.now()) {
      throw new HubSpotError(403, { status: "error", message: "Request has expired", category: "MISSING_SCOPES" });
    }
    const { at, events } = state.journal.find(offset);
    const publishedAt = new Date(at).toISOString();
    return answerJson(c, { offset, journalEvents: events, publishedAt }, 200, events.length);
  });
}

/** Mounts the webhooks journal: reads (of the app and of one portal) and subscriptions. */
export function mountJournalRoutes(app: Hono<HubSpotEnv>, state: HubSpotState): void {
  for (const name of ["journal", "journal-local"]) mountReads(app, `/webhooks-journal/${name}/${VERSION}`, state);
  mountFilters(app, `/webhooks-journal/subscriptions/${VERSION}/filters`, state);
  mountSubscriptions(app, `/webhooks-journal/subscriptions/${VERSION}`, state);
  mountSnapshots(app, `/webhooks-journal/snapshots/${VERSION}/crm`, state);
}

function mountReads(app: Hono<HubSpotEnv>, base: string, state: HubSpotState): void {
  const { journal } = state;
  // 204 where nothing is newer: the documentation does not say, and it is no error.
  const one = (c: HubSpotContext, read: () => { offset: string }[]) => {
    requireScope(c, ...READ);
    const [entry] = read();
    return entry ? answerJson(c, describeEntry(c, state, entry.offset), 200, 1) : answerNothing();
  };
  const many = (c: HubSpotContext, read: (count: number) => { offset: string }[]) => {
    requireScope(c, ...READ);
    const count = Number(c.req.param("count"));
    if (!Number.isInteger(count) || count < 1 || count > MAX_BATCH)
      throw validationError(`count must be 1 to ${MAX_BATCH}`);
    const results = read(count).map((entry) => describeEntry(c, state, entry.offset));
    const at = new Date(state.clock.now()).toISOString();
    return answerJson(c, { status: "COMPLETE", results, startedAt: at, completedAt: at }, 200, results.length);
  };
  app.get(`${base}/earliest`, (c) => one(c, () => journal.earliest(1)));
  app.get(`${base}/latest`, (c) => one(c, () => journal.latest(1)));
  app.get(`${base}/offset/:offset/next`, (c) => one(c, () => journal.after(c.req.param("offset"), 1)));
  app.get(`${base}/batch/earliest/:count`, (c) => many(c, (count) => journal.earliest(count)));
  app.get(`${base}/batch/latest/:count`, (c) => many(c, (count) => journal.latest(count)));
  app.get(`${base}/batch/:offset/next/:count`, (c) => many(c, (count) => journal.after(c.req.param("offset"), count)));
  app.get(`${base}/status/:id`, (c) => {
    requireScope(c, ...READ);
    return answerJson(c, journal.snapshots.describe(c.req.param("id")));
  });
  app.post(`${base}/batch/read`, async (c) => {
    requireScope(c, ...READ);
    const { inputs } = await readJson(c, z.object({ inputs: z.array(z.string()).max(MAX_BATCH) }));
    const results = [];
    const errors = [];
    for (const offset of inputs) {
      try {
        results.push(describeEntry(c, state, journal.find(offset).offset));
      } catch (error) {
        if (!(error instanceof HubSpotError)) throw error;
        errors.push(error.body);
      }
    }
    const at = new Date(state.clock.now()).toISOString();
    const failures = errors.length > 0 ? { numErrors: errors.length, errors } : {};
    const body = { status: "COMPLETE", results, ...failures, startedAt: at, completedAt: at };
    return answerJson(c, body, errors.length > 0 ? 207 : 200, results.length);
  });
}

function requireSubscriptionScope(c: HubSpotContext, right: "read" | "write"): void {
  const old = right === "read" ? "webhooks-journal-subscription-read" : "webhooks-journal-subscription-management";
  requireScope(c, `developer.webhooks_journal.subscriptions.${right}`, old);
}

function mountFilters(app: Hono<HubSpotEnv>, base: string, state: HubSpotState): void {
  const { journal, clock } = state;
  const show = ({ id, createdAt, filter }: JournalFilter) => ({ id, createdAt, filter });
  app.post(base, async (c) => {
    requireSubscriptionScope(c, "write");
    const input = await readJson(c, newFilterSchema);
    journal.get(input.subscriptionId);
    return answerJson(c, { filterId: journal.filters.create(input, clock.now()).id });
  });
  app.get(`${base}/subscription/:id`, (c) => {
    requireSubscriptionScope(c, "read");
    return answerJson(c, journal.filters.listOf(journal.get(Number(c.req.param("id"))).id).map(show));
  });
  app.get(`${base}/:id`, (c) => {
    requireSubscriptionScope(c, "read");
    return answerJson(c, show(journal.filters.get(Number(c.req.param("id")))));
  });
  app.delete(`${base}/:id`, (c) => {
    requireSubscriptionScope(c, "write");
    journal.filters.remove(Number(c.req.param("id")));
    return answerNothing();
  });
}

function mountSnapshots(app: Hono<HubSpotEnv>, path: string, state: HubSpotState): void {
  app.post(path, async (c) => {
    requireScope(c, "developer.webhooks_journal.snapshots.write", "webhooks-journal-snapshot-management");
    const { snapshotRequests } = await readJson(c, snapshotSchema);
    const snapshotResponses = snapshotRequests.map(({ portalId, objectTypeId, objectId, properties }) => {
      const store = portalId === PORTAL_ID ? state.findStore(objectTypeId) : undefined;
      const snapshotStatusId = state.journal.takeSnapshot(objectTypeId, store?.find(objectId), properties);
      return { portalId, objectTypeId, objectId: Number(objectId), snapshotStatusId };
    });
    return answerJson(c, { snapshotResponses }, 200, snapshotResponses.length);
  });
}

function mountSubscriptions(app: Hono<HubSpotEnv>, base: string, state: HubSpotState): void {
  const open = (c: HubSpotContext, right: "read" | "write") => {
    requireSubscriptionScope(c, right);
    return state.journal;
  };
  app.get(base, (c) => answerJson(c, { results: open(c, "read").list() }));
  app.post(base, async (c) => answerJson(c, open(c, "write").create(await readJson(c, subscriptionSchema))));
  app.delete(`${base}/portals/:portalId`, (c) => {
    if (c.req.param("portalId") !== String(PORTAL_ID)) throw notFound();
    open(c, "write").removeAll();
    return answerNothing();
  });
  app.get(`${base}/:id`, (c) => answerJson(c, open(c, "read").get(Number(c.req.param("id")))));
  app.delete(`${base}/:id`, (c) => {
    open(c, "write").remove(Number(c.req.param("id")));
    return answerNothing();
  });
}
