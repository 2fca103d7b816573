import { describeHead, describeObject } from "../describe-object";
import { SalesforceError } from "../errors";
import type { OrgState } from "../state";
import {
  findPathObject,
  NEWEST_VERSION,
  OLDEST_VERSION,
  type OrgApp,
  type OrgContext,
  sendEmpty,
  sendJson,
} from "./context";

const SEASONS = ["Spring", "Summer", "Winter"];

/** Release names: version 68 is Winter '27, 67 is Summer '26, and three releases make a year. */
function nameRelease(version: number): string {
  const season = SEASONS[version % 3] ?? "Winter";
  const year = 2027 - Math.floor((68 - version + (season === "Winter" ? 0 : 2)) / 3);
  return `${season} '${String(year).slice(2)}`;
}

/** 304 / 412 when the client's copy is as new as the schema; HTTP dates have whole seconds. */
function answerConditional(c: OrgContext, state: OrgState): Response | undefined {
  const changed = Math.floor(state.schema.changedAt / 1000) * 1000;
  const since = Date.parse(c.req.header("If-Modified-Since") ?? "");
  if (!Number.isNaN(since) && changed <= since) return sendEmpty(304);
  const unless = Date.parse(c.req.header("If-Unmodified-Since") ?? "");
  if (!Number.isNaN(unless) && changed > unless) {
    throw new SalesforceError(412, "PRECONDITION_FAILED", "The resource was modified after the given date");
  }
  return undefined;
}

function listResources(version: string): Record<string, string> {
  const names = [
    "tooling",
    "query",
    "queryAll",
    "search",
    "parameterizedSearch",
    "composite",
    "sobjects",
    "jobs",
    "limits",
    "recent",
  ];
  return Object.fromEntries(names.map((name) => [name, `/services/data/${version}/${name}`]));
}

/** Versions, resources, describeGlobal and describe. */
export function mountDescribe(app: OrgApp, state: OrgState): void {
  const modified = () => ({ "Last-Modified": new Date(state.schema.changedAt).toUTCString() });
  app.get("/services/data", () => {
    const versions = [];
    for (let n = OLDEST_VERSION; n <= NEWEST_VERSION; n++) {
      versions.push({ label: nameRelease(n), url: `/services/data/v${n}.0`, version: `${n}.0` });
    }
    return sendJson(versions);
  });
  app.get("/services/data/:version", (c) => sendJson(listResources(c.req.param("version"))));
  app.get("/services/data/:version/sobjects", (c) => {
    const fresh = answerConditional(c, state);
    if (fresh) return fresh;
    const visible = state.schema.objects.filter((def) => state.objectPermission(def.name).readable);
    const sobjects = visible.map((def) => describeHead(state, def, c.get("version")));
    return sendJson({ encoding: "UTF-8", maxBatchSize: 200, sobjects }, 200, modified());
  });
  app.get("/services/data/:version/sobjects/:object", (c) => {
    const def = findPathObject(state, c.req.param("object"));
    return sendJson({ objectDescribe: describeHead(state, def, c.get("version")), recentItems: [] });
  });
  app.get("/services/data/:version/sobjects/:object/describe", (c) => {
    const def = findPathObject(state, c.req.param("object"));
    const fresh = answerConditional(c, state);
    return fresh ?? sendJson(describeObject(state, def, c.get("version")), 200, modified());
  });
}
