import { viewCreateSchema, viewListQuerySchema } from "@/lib/contracts/views";
import { defineRoute, jsonResponse } from "@/lib/server/route";
import { readCurrentConnectionId } from "@/lib/sync/current-connection";
import { createSavedView, listSavedViews } from "@/lib/sync/saved-views";
import { asViewCaller, refuseView } from "./answer-view";

/** Saved views of one object's list that the caller sees. */
export const GET = defineRoute({
  allow: "read",
  query: viewListQuerySchema,
  handle: async ({ caller, query }) => ({
    views: await listSavedViews(await readCurrentConnectionId(), query.object, asViewCaller(caller)),
  }),
});

/** Keeps a filter and an order under a name. */
export const POST = defineRoute({
  allow: "sync",
  body: viewCreateSchema,
  handle: async ({ caller, body }) => {
    const view = await createSavedView(await readCurrentConnectionId(), body, asViewCaller(caller));
    return typeof view === "string" ? refuseView(view) : jsonResponse(view, 201);
  },
});
