import type { Hono } from "hono";
import { z } from "zod";
import { answerJson, answerNothing, type HubSpotContext, type HubSpotEnv, readJson, requireScope } from "../http";
import type { HubSpotState } from "../state";

const idSchema = z.union([z.string(), z.number()]).transform(String);
const createSchema = z.object({ name: z.string().min(1), parentFolderId: idSchema.optional() });
const moveSchema = z.object({ listId: idSchema, newFolderId: idSchema });

/** Mounts the folders of lists under `prefix` (`/crm/v3/lists`); must come before what takes a list's id there. */
export function mountListFolderRoutes(app: Hono<HubSpotEnv>, prefix: string, state: HubSpotState): void {
  const base = `${prefix}/folders`;
  const open = (c: HubSpotContext, right: "read" | "write") => {
    requireScope(c, `crm.lists.${right}`);
    return state.lists.folders;
  };
  const idOf = (c: HubSpotContext) => c.req.param("folderId") ?? "";
  app.get(base, (c) => answerJson(c, { folder: open(c, "read").show(c.req.query("folderId")) }));
  app.post(base, async (c) => {
    const { name, parentFolderId } = await readJson(c, createSchema);
    return answerJson(c, { folder: open(c, "write").create(name, parentFolderId) });
  });
  app.put(`${base}/move-list`, async (c) => {
    const { listId, newFolderId } = await readJson(c, moveSchema);
    open(c, "write").moveList(state.lists.get(listId).listId, newFolderId);
    return answerNothing();
  });
  app.put(`${base}/:folderId/rename`, (c) => {
    return answerJson(c, { folder: open(c, "write").rename(idOf(c), c.req.query("newFolderName") ?? "") });
  });
  app.put(`${base}/:folderId/move/:parentId`, (c) => {
    return answerJson(c, { folder: open(c, "write").move(idOf(c), c.req.param("parentId")) });
  });
  app.delete(`${base}/:folderId`, (c) => {
    open(c, "write").remove(idOf(c));
    return answerNothing();
  });
}
