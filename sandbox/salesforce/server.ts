import { Hono } from "hono";
import { CallLog } from "../shared/call-log";
import { VirtualClock } from "../shared/clock";
import { mountControlRoutes } from "../shared/control-routes";
import { FaultList } from "../shared/faults";
import { LimitSettings, SALESFORCE_LIMITS } from "../shared/limits";
import { createRandom } from "../shared/random";
import { type Sandbox, type SandboxEnv, type SandboxOptions, serveSandbox } from "../shared/serve";
import { Snapshot } from "../shared/snapshot";
import { listActs } from "./acts";
import { mountPages } from "./pages";
import { mountBulkIngest } from "./routes/bulk-ingest";
import { mountBulkQuery } from "./routes/bulk-query";
import { mountCollections } from "./routes/collections";
import { mountCometd } from "./routes/cometd";
import { mountComposite, mountGraph } from "./routes/composite";
import { mountGuards, mountHeaders, type OrgApp, type OrgEnv } from "./routes/context";
import { mountDescribe } from "./routes/describe";
import { mountOAuth } from "./routes/oauth";
import { mountOrg } from "./routes/org";
import { mountQuery } from "./routes/query";
import { mountReplication } from "./routes/replication";
import { mountSearch } from "./routes/search";
import { mountSoap } from "./routes/soap";
import { mountSobjects } from "./routes/sobjects";
import { mountTooling } from "./routes/tooling";
import { mountTree } from "./routes/tree";
import { seedOrg } from "./seed";
import { OrgState } from "./state";

export type { Sandbox, SandboxOptions } from "../shared/serve";

const DEFAULT_SEED = 1;
const DEFAULT_CONTACTS = 300;

/** What a real client calls; the consent page is for a person and therefore no API call. */
function isApiPath(path: string): boolean {
  if (path === "/services/oauth2/authorize") return false;
  return path.startsWith("/services/") || path.startsWith("/id/") || path.startsWith("/cometd/");
}

/** Upserts name a record by any value; the log counts them under one route. */
function nameOrgRoute(method: string, path: string): string {
  const parts = path.split("/").map((part, i, all) => {
    if (i === 7 && all[4] === "sobjects") return ":value";
    return /^[0-9A-Za-z]{3}[0-9A-Za-z]{12,15}(-\d+)?$/.test(part) && /\d/.test(part) ? ":id" : part;
  });
  return `${method} ${parts.join("/")}`;
}

function mountRoutes(app: OrgApp, state: OrgState, base: () => string): void {
  mountHeaders(app, state);
  mountGuards(app, state);
  mountOAuth(app, state, base);
  mountSoap(app, state, base);
  mountDescribe(app, state);
  mountOrg(app, state);
  mountQuery(app, state);
  mountReplication(app, state);
  mountTooling(app, state);
  mountCollections(app, state);
  mountComposite(app);
  mountGraph(app);
  mountTree(app, state);
  mountSearch(app, state);
  mountBulkIngest(app, state);
  mountBulkQuery(app, state);
  mountCometd(app, state);
  mountSobjects(app, state);
}

/** Starts a Salesforce organisation on 127.0.0.1. Rejects with EADDRINUSE when the port is taken. */
export async function startSalesforceSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const clock = new VirtualClock();
  const limits = new LimitSettings(SALESFORCE_LIMITS);
  const faults = new FaultList(createRandom(options.seed ?? DEFAULT_SEED));
  const calls = new CallLog(nameOrgRoute);
  const state = new OrgState(clock, limits, () => snapshot.touch());
  const snapshot = new Snapshot(options.snapshotFile, () => state.save());
  const isLoaded = await snapshot.load((head) => {
    state.load(head);
    return state.putSaved;
  });
  if (isLoaded) state.settle();
  else seedOrg(state, options.seed ?? DEFAULT_SEED, options.contacts ?? DEFAULT_CONTACTS);

  const app: OrgApp = new Hono<OrgEnv>();
  let url = "";
  mountRoutes(app, state, () => url);
  const shared = app as unknown as Hono<SandboxEnv>;
  mountControlRoutes(shared, {
    title: "Salesforce sandbox",
    clock,
    faults,
    limits,
    calls,
    acts: listActs(state),
    reset({ seed, contacts }) {
      state.clear();
      seedOrg(state, seed ?? options.seed ?? DEFAULT_SEED, contacts ?? options.contacts ?? DEFAULT_CONTACTS);
      state.touch();
    },
  });
  mountPages(app, state, calls);

  const sandbox: Sandbox = { url: "", port: 0, stop: async () => {} };
  const served = await serveSandbox({
    app: shared,
    port: options.port ?? 0,
    clock,
    faults,
    limits,
    calls,
    isApiPath,
    isStream: (path) => path.startsWith("/cometd/"),
    hook: () => sandbox.onCall,
  });
  url = served.url;
  sandbox.url = served.url;
  sandbox.port = served.port;
  sandbox.stop = async () => {
    await served.stop();
    await snapshot.flush();
  };
  return sandbox;
}
