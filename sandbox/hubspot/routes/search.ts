import type { Hono } from "hono";
import type { LimitSettings } from "../../shared/limits";
import { validationError } from "../errors";
import { answerJson, type HubSpotEnv, hidesEmails, parseJson, readOrigin } from "../http";
import { runSearch, searchBodySchema } from "../run-search";
import type { HubSpotState } from "../state";
import { formatRead } from "../wire-format";
import { readStore, requireObjectScope } from "./objects";

/** HubSpot refuses search bodies above this many characters. */
const MAX_BODY = 3000;

/** Mounts search of every object type under `prefix`; it sees the records as they were `indexLagMs` ago. */
export function mountSearchRoutes(
  app: Hono<HubSpotEnv>,
  prefix: string,
  state: HubSpotState,
  limits: LimitSettings,
): void {
  app.post(`${prefix}/:type/search`, async (c) => {
    const store = readStore(c, state);
    requireObjectScope(c, store, "read");
    const text = await c.req.text();
    if (text.length > MAX_BODY) {
      throw validationError(`The search request body is ${text.length} characters long; the maximum is ${MAX_BODY}`);
    }
    const body = parseJson(text, searchBodySchema);
    store.search.advance(state.clock.now(), limits.current.indexLagMs);
    const page = runSearch(store, body);
    const options = {
      properties: body.properties,
      withHistory: [],
      origin: readOrigin(c),
      hidesEmails: hidesEmails(c),
    };
    const results = page.records.map((record) => formatRead(record, store.schema, options));
    const paging =
      page.after === undefined ? {} : { paging: { next: { after: page.after, link: `?after=${page.after}` } } };
    return answerJson(c, { total: page.total, results, ...paging }, 200, results.length);
  });
}
