import { Hono } from "hono";
import { CallLog } from "../shared/call-log";
import { VirtualClock } from "../shared/clock";
import { mountControlRoutes } from "../shared/control-routes";
import { FaultList } from "../shared/faults";
import { HUBSPOT_LIMITS, LimitSettings } from "../shared/limits";
import { createRandom } from "../shared/random";
import { type Sandbox, type SandboxEnv, type SandboxOptions, serveSandbox } from "../shared/serve";
import { Snapshot } from "../shared/snapshot";
import { makeActs } from "./acts";
import { HubSpotError } from "./errors";
import { type ApiVersion, answerError, type HubSpotContext, type HubSpotEnv, unknownRoute } from "./http";
import { uuidOf } from "./ids";
import { isPagePath } from "./page-kit";
import { mountPages } from "./pages";
import { type CallKind, RateLimits } from "./rate-limits";
import { mountAccountRoutes } from "./routes/account";
import { mountAssociationBatchRoutes } from "./routes/association-batches";
import { mountAssociationLabelRoutes } from "./routes/association-labels";
import { type AssociationDialect, mountAssociationRoutes, mountOldAssociationRoutes } from "./routes/associations";
import { mountBatchRoutes } from "./routes/batches";
import { mountCallingRoutes } from "./routes/calling";
import { mountEmailEventRoutes } from "./routes/email-events";
import { mountEngagementRoutes } from "./routes/engagements";
import { mountFormRoutes, mountPublicSubmitRoutes, mountSubmissionRoutes } from "./routes/forms";
import { mountJournalFiles, mountJournalRoutes } from "./routes/journal";
import { mountListFolderRoutes } from "./routes/list-folders";
import { mountListMembershipRoutes } from "./routes/list-memberships";
import { mountListRoutes } from "./routes/lists";
import { mountAuthorizePage, mountTokenRoutes } from "./routes/oauth";
import { mountObjectRoutes } from "./routes/objects";
import { mountOwnerRoutes } from "./routes/owners";
import { mountPipelineRoutes } from "./routes/pipelines";
import { mountPropertyRoutes } from "./routes/properties";
import { mountFlowRoutes, mountSchemaRoutes } from "./routes/schemas";
import { mountSearchRoutes } from "./routes/search";
import { mountWebhookRoutes } from "./routes/webhooks";
import { seedPortal } from "./seed";
import { HubSpotState } from "./state";

const DEFAULT_SEED = 1;
const DEFAULT_CONTACTS = 300;
/** Longer request lines are answered 414; HubSpot documents the status, not the length. */
const MAX_URL = 16_384;

/** The same handlers under the paths of each API generation: v3, and the date-based names. */
const VERSIONS: { version: ApiVersion; path(api: string): string }[] = [
  { version: "v3", path: (api) => (api.startsWith("crm/") ? `/crm/v3/${api.slice(4)}` : `/${api}/v3`) },
  { version: "2026-03", path: (api) => `/${api}/2026-03` },
  { version: "2026-09", path: (api) => `/${api}/2026-09` },
];

type Parts = {
  state: HubSpotState;
  clock: VirtualClock;
  limits: LimitSettings;
  rates: RateLimits;
  calls: CallLog;
  faults: FaultList;
  snapshot: Snapshot;
};

/** Pages for people and the test doors; everything else is the API. */
function isApiPath(path: string): boolean {
  return !isPagePath(path) && path !== "/oauth/authorize" && !path.startsWith("/__sandbox/");
}

function readBearer(c: HubSpotContext): string | undefined {
  return /^Bearer\s+(\S+)$/i.exec(c.req.header("authorization") ?? "")?.[1];
}

/** Reads are POSTs too here: they must not make the state look changed. */
function isWrite(method: string, path: string): boolean {
  return method !== "GET" && method !== "HEAD" && !/\/(search|batch\/read|introspect)$/.test(path);
}

function answerThrown(error: unknown, c: HubSpotContext): Response {
  const correlationId = c.get("correlationId");
  if (error instanceof HubSpotError) return answerError(error.status, error.body, correlationId);
  console.error(error);
  return answerError(500, { status: "error", message: "internal error" }, correlationId);
}

function mountCorrelation(app: Hono<HubSpotEnv>, { clock, snapshot }: Parts): void {
  let count = 0;
  app.use("*", async (c, next) => {
    count += 1;
    const correlationId = uuidOf("call", count, clock.now());
    c.set("correlationId", correlationId);
    await next();
    c.res.headers.set("X-HubSpot-Correlation-Id", correlationId);
    if (isWrite(c.req.method, c.req.path)) snapshot.touch();
  });
}

/** Searches and association calls have limits of their own. */
function kindOf(method: string, path: string): CallKind {
  if (method === "POST" && /^\/crm\/(v3\/objects|objects)\/.*\/search$/.test(path)) return "search";
  return /^\/crm\/.*\/?associations\//.test(path) ? "association" : "plain";
}

/** Who calls, and whether they may now: every API call but those for tokens goes through here. */
function mountGuard(app: Hono<HubSpotEnv>, { state, rates }: Parts): void {
  app.use("*", async (c, next) => {
    if (c.req.raw.url.length > MAX_URL) return new Response("URI Too Long", { status: 414 });
    const caller = state.oauth.authenticate(readBearer(c));
    c.set("caller", caller);
    const kind = kindOf(c.req.method, c.req.path);
    let refused: HubSpotError | undefined;
    try {
      rates.take(caller, kind);
    } catch (error) {
      if (!(error instanceof HubSpotError)) throw error;
      refused = error;
    }
    if (refused) c.res = answerThrown(refused, c);
    else await next();
    for (const [name, value] of Object.entries(rates.describe(caller, kind))) c.res.headers.set(name, value);
    return undefined;
  });
}

/** v4 shows ids as numbers in its documentation, the date-based generations as strings. */
function mountAssociations(
  app: Hono<HubSpotEnv>,
  objects: string,
  prefixes: readonly string[],
  version: AssociationDialect["version"],
  state: HubSpotState,
): void {
  const dialect: AssociationDialect = { version, showId: (id) => (version === "v4" ? Number(id) : id) };
  mountAssociationRoutes(app, objects, dialect, state);
  for (const prefix of prefixes) {
    mountAssociationBatchRoutes(app, prefix, dialect, state);
    mountAssociationLabelRoutes(app, prefix, state);
  }
}

function mountApi(app: Hono<HubSpotEnv>, { state, limits, rates, clock }: Parts): void {
  for (const { version, path } of VERSIONS) {
    mountSearchRoutes(app, path("crm/objects"), state, limits);
    mountBatchRoutes(app, path("crm/objects"), version, state);
    if (version === "v3") mountOldAssociationRoutes(app, path("crm/objects"), state);
    else mountAssociations(app, path("crm/objects"), [path("crm/associations")], version, state);
    mountObjectRoutes(app, path("crm/objects"), state);
    mountPropertyRoutes(app, path("crm/properties"), state);
    mountOwnerRoutes(app, path("crm/owners"), state);
    mountFormRoutes(app, path("marketing/forms").replace("/marketing/forms/v3", "/marketing/v3/forms"), state);
    mountListMembershipRoutes(app, path("crm/lists"), state);
    mountListFolderRoutes(app, path("crm/lists"), state);
    mountListRoutes(app, path("crm/lists"), state);
    mountPipelineRoutes(app, path("crm/pipelines"), state);
    mountAccountRoutes(app, path("account-info"), rates, clock);
  }
  mountSubmissionRoutes(app, state);
  for (const { path } of VERSIONS) mountSchemaRoutes(app, `${path("crm-object-schemas")}/schemas`, state);
  mountFlowRoutes(app);
  mountEngagementRoutes(app, state);
  mountCallingRoutes(app, state);
  mountJournalRoutes(app, state);
  mountEmailEventRoutes(app, state);
  // The typed client calls the labels under the second prefix.
  mountAssociations(app, "/crm/v4/objects", ["/crm/v4/associations", "/crm/associations/v4"], "v4", state);
}

function buildApp(parts: Parts, reset: (o: { seed?: number; contacts?: number }) => void): Hono<HubSpotEnv> {
  const { state, clock, faults, limits, calls } = parts;
  const app = new Hono<HubSpotEnv>();
  app.onError(answerThrown);
  app.notFound((c) => answerThrown(unknownRoute(c.req.path), c));
  mountCorrelation(app, parts);
  // The test doors know nothing of HubSpot's request variables, and do not need them.
  const doors = app as unknown as Hono<SandboxEnv>;
  mountControlRoutes(doors, { title: "HubSpot sandbox", clock, faults, limits, calls, reset, acts: makeActs(state) });
  mountPages(app, state, calls);
  mountAuthorizePage(app, state);
  mountTokenRoutes(app, state);
  mountPublicSubmitRoutes(app, state);
  mountWebhookRoutes(app, state);
  mountJournalFiles(app, state);
  mountGuard(app, parts);
  mountApi(app, parts);
  return app;
}

/** Starts the HubSpot sandbox on 127.0.0.1. Rejects when the port is taken or the snapshot cannot be read. */
export async function startHubSpotSandbox(o: SandboxOptions = {}): Promise<Sandbox> {
  const seed = o.seed ?? DEFAULT_SEED;
  const contacts = o.contacts ?? DEFAULT_CONTACTS;
  const clock = new VirtualClock();
  const limits = new LimitSettings(HUBSPOT_LIMITS);
  const snapshot: Snapshot = new Snapshot(o.snapshotFile, () => state.save());
  let state = new HubSpotState(clock);
  const isLoaded = await snapshot.load((head) => {
    state = HubSpotState.load(clock, head);
    return state.putSaved;
  });
  if (!isLoaded) seedPortal(state, seed, contacts);
  const rates = new RateLimits(clock, limits);
  const faults = new FaultList(createRandom(seed));
  const calls = new CallLog();
  const parts = { state, clock, limits, rates, calls, faults, snapshot };
  const app = buildApp(parts, (wish) => {
    state.clear();
    rates.clear();
    seedPortal(state, wish.seed ?? seed, wish.contacts ?? contacts);
  });
  const sandbox: Sandbox = { url: "", port: 0, stop: async () => {} };
  const doors = app as unknown as Hono<SandboxEnv>;
  const { url, port, stop } = await serveSandbox({
    app: doors,
    port: o.port ?? 0,
    clock,
    faults,
    limits,
    calls,
    isApiPath,
    hook: () => sandbox.onCall,
  });
  sandbox.url = url;
  sandbox.port = port;
  sandbox.stop = async () => {
    state.webhooks.delivery.stop();
    await stop();
    await snapshot.flush();
  };
  return sandbox;
}
