import type { Hono } from "hono";
import { z } from "zod";
import { validationError } from "../errors";
import type { Form } from "../form-store";
import {
  answerJson,
  answerNothing,
  type HubSpotContext,
  type HubSpotEnv,
  readJson,
  readList,
  readPageSize,
  requireScope,
} from "../http";
import { PORTAL_ID } from "../ids";
import type { HubSpotState } from "../state";
import { submitFields } from "../submit-form";

const formSchema = z.looseObject({ name: z.string().min(1), formType: z.string().default("hubspot") });
const submitSchema = z.object({
  fields: z.array(z.looseObject({ name: z.string(), value: z.coerce.string() })),
  context: z.looseObject({ pageUri: z.string().optional() }).nullish(),
});
/** HubSpot's submissions API: 20 by default, 50 at most. */
const SUBMISSIONS = { usual: 20, most: 50 };

/** One page of a list whose cursor is a place in it. */
function pageOf<T>(c: HubSpotContext, all: readonly T[], limit: number): { results: T[]; paging?: object } {
  const after = c.req.query("after");
  if (after !== undefined && !/^\d*$/.test(after)) throw validationError(`Invalid paging cursor: ${after}`);
  const start = Number(after || 0);
  const results = all.slice(start, start + limit);
  if (start + limit >= all.length) return { results };
  const link = new URL(c.req.url);
  link.searchParams.set("after", String(start + limit));
  return { results, paging: { next: { after: String(start + limit), link: link.toString() } } };
}

/** Mounts forms (v3 and date-based) under `prefix`. */
export function mountFormRoutes(app: Hono<HubSpotEnv>, prefix: string, state: HubSpotState): void {
  const one = `${prefix}/:formId`;
  app.get(prefix, (c) => {
    requireScope(c, "forms");
    const types = readList(c, "formTypes");
    const forms = state.forms.list(c.req.query("archived") === "true");
    const found = forms.filter((form) => types.length === 0 || types.includes("all") || types.includes(form.formType));
    const page = pageOf(c, found, readPageSize(c, 20, 500));
    return answerJson(c, page, 200, page.results.length);
  });
  app.post(prefix, async (c) => {
    requireScope(c, "forms");
    const input = (await readJson(c, formSchema)) as Partial<Form> & { name: string };
    return answerJson(c, state.forms.create(input, state.clock.now()), 201, 1);
  });
  app.get(one, (c) => {
    requireScope(c, "forms");
    return answerJson(c, state.forms.get(c.req.param("formId") ?? ""), 200, 1);
  });
  app.on(["PATCH", "PUT"], one, async (c) => {
    requireScope(c, "forms");
    const change = (await readJson(c, z.looseObject({}))) as Partial<Form>;
    return answerJson(c, state.forms.update(c.req.param("formId") ?? "", change, state.clock.now()), 200, 1);
  });
  app.delete(one, (c) => {
    requireScope(c, "forms");
    state.forms.archive(c.req.param("formId") ?? "", state.clock.now());
    return answerNothing();
  });
}

/** Mounts the legacy list of submissions, newest first. */
export function mountSubmissionRoutes(app: Hono<HubSpotEnv>, state: HubSpotState): void {
  app.get("/form-integrations/v1/submissions/forms/:formId", (c) => {
    requireScope(c, "forms");
    const limit = readPageSize(c, SUBMISSIONS.usual, SUBMISSIONS.most);
    const page = pageOf(c, state.forms.listSubmissions(c.req.param("formId") ?? ""), limit);
    return answerJson(c, page, 200, page.results.length);
  });
}

/** Mounts what forms on web pages call without a token (on another host in the real world). */
export function mountPublicSubmitRoutes(app: Hono<HubSpotEnv>, state: HubSpotState): void {
  const refuseOtherPortal = (c: HubSpotContext) => {
    if (c.req.param("portalId") !== String(PORTAL_ID)) throw validationError("The portal is unknown");
  };
  for (const kind of ["submit", "secure/submit"]) {
    app.post(`/submissions/v3/integration/${kind}/:portalId/:formId`, async (c) => {
      refuseOtherPortal(c);
      const { fields, context } = await readJson(c, submitSchema);
      submitFields(state, c.req.param("formId") ?? "", fields, context?.pageUri ?? "");
      return answerJson(c, { inlineMessage: "Thanks for submitting the form." }, 200, 1);
    });
  }
  app.post("/uploads/form/v2/:portalId/:formId", async (c) => {
    refuseOtherPortal(c);
    const form = new URLSearchParams(await c.req.text());
    const fields = [...form].filter(([name]) => name !== "hs_context").map(([name, value]) => ({ name, value }));
    submitFields(state, c.req.param("formId") ?? "", fields, "");
    return answerNothing();
  });
}
