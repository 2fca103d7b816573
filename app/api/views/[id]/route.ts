import { z } from "zod";
import { viewUpdateSchema } from "@/lib/contracts/views";
import { defineRoute } from "@/lib/server/route";
import { readCurrentConnectionId } from "@/lib/sync/current-connection";
import { changeSavedView, removeSavedView } from "@/lib/sync/saved-views";
import { asViewCaller, refuseView } from "../answer-view";

const params = z.object({ id: z.guid() });

/** Another name, or other filters. */
export const PATCH = defineRoute({
  allow: "sync",
  params,
  body: viewUpdateSchema,
  handle: async ({ caller, params: { id }, body }) => {
    const view = await changeSavedView(await readCurrentConnectionId(), id, body, asViewCaller(caller));
    return typeof view === "string" ? refuseView(view) : view;
  },
});

export const DELETE = defineRoute({
  allow: "sync",
  params,
  handle: async ({ caller, params: { id } }) => {
    const refusal = await removeSavedView(await readCurrentConnectionId(), id, asViewCaller(caller));
    return refusal === null ? new Response(null, { status: 204 }) : refuseView(refusal);
  },
});
