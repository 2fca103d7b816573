import { z } from "zod";
import { linkBase } from "@/lib/server/link-base";
import { Refusal } from "@/lib/server/problem";
import { defineRoute } from "@/lib/server/route";
import { readCurrentConnectionId } from "@/lib/sync/current-connection";
import { viewRecord } from "@/lib/sync/view-records";

export const GET = defineRoute({
  allow: "read",
  params: z.object({ id: z.guid() }),
  handle: async ({ params }) => {
    const record = await viewRecord(await readCurrentConnectionId(), params.id, linkBase());
    if (!record) throw new Refusal("not_found");
    return record;
  },
});
