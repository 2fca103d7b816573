import * as view from "@/app/api/views/[id]/route";
import * as views from "@/app/api/views/route";
import { savedViewSchema, viewListSchema } from "@/lib/contracts/views";
import { describeRoutes } from "./describe-routes";

const VIEWS = "Saved views";

/** Named filters of the records pages. */
export const VIEW_ROUTES = [
  ...describeRoutes(VIEWS, "/api/views", views, {
    GET: {
      summary: "Saved views of one object's list: shared ones and the caller's own",
      reply: { ViewList: viewListSchema },
    },
    POST: {
      summary: "Save a view; a shared one takes the right to configure",
      reply: { SavedView: savedViewSchema },
      status: 201,
    },
  }),
  ...describeRoutes(VIEWS, "/api/views/[id]", view, {
    PATCH: { summary: "Rename a saved view or change its filters", reply: { SavedView: savedViewSchema } },
    DELETE: { summary: "Delete a saved view", reply: null, status: 204 },
  }),
];
