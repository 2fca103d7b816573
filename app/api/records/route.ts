import { recordListQuerySchema } from "@/lib/contracts/records";
import { defineRoute } from "@/lib/server/route";
import { readCurrentConnectionId } from "@/lib/sync/current-connection";
import { viewRecordList } from "@/lib/sync/view-records";

export const GET = defineRoute({
  allow: "read",
  query: recordListQuerySchema,
  handle: async ({ query }) => viewRecordList(await readCurrentConnectionId(), query),
});
