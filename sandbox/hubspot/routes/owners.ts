import type { Hono } from "hono";
import { notFound } from "../errors";
import { answerJson, type HubSpotEnv, readPageSize, requireScope } from "../http";
import type { HubSpotState } from "../state";

/** Mounts owners under `prefix`: list with `email`, `archived` and paging, and one by owner id or user id. */
export function mountOwnerRoutes(app: Hono<HubSpotEnv>, prefix: string, state: HubSpotState): void {
  app.get(prefix, (c) => {
    requireScope(c, "crm.objects.owners.read");
    const limit = readPageSize(c, 100, 500);
    const email = c.req.query("email")?.toLowerCase();
    const isArchived = c.req.query("archived") === "true";
    const after = Number(c.req.query("after") ?? 0);
    const found = state.owners.filter(
      (owner) =>
        owner.archived === isArchived && (!email || owner.email.toLowerCase() === email) && Number(owner.id) > after,
    );
    const results = found.slice(0, limit);
    const last = results.at(-1)?.id;
    const paging =
      found.length > limit && last ? { paging: { next: { after: last, link: `?limit=${limit}&after=${last}` } } } : {};
    return answerJson(c, { results, ...paging }, 200, results.length);
  });
  app.get(`${prefix}/:id`, (c) => {
    requireScope(c, "crm.objects.owners.read");
    const key = c.req.param("id");
    const isByUser = c.req.query("idProperty") === "userId";
    const isArchived = c.req.query("archived") === "true";
    const owner = state.owners.find(
      (one) => one.archived === isArchived && (isByUser ? String(one.userIdIncludingInactive) : one.id) === key,
    );
    if (!owner) throw notFound();
    return answerJson(c, owner, 200, 1);
  });
}
