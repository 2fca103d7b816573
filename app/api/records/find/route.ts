import { recordFindQuerySchema } from "@/lib/contracts/records";
import { linkBase } from "@/lib/server/link-base";
import { Refusal } from "@/lib/server/problem";
import { defineRoute } from "@/lib/server/route";
import { readCurrentConnectionId } from "@/lib/sync/current-connection";
import { findRecordId, viewRecord } from "@/lib/sync/view-records";

/** The whole card of the record with this HubSpot id, Salesforce id or address. */
export const GET = defineRoute({
  allow: "read",
  query: recordFindQuerySchema,
  handle: async ({ query }) => {
    const connectionId = await readCurrentConnectionId();
    const id = await findRecordId(connectionId, query);
    const record = id === null ? null : await viewRecord(connectionId, id, linkBase());
    if (!record) throw new Refusal("not_found");
    return record;
  },
});
