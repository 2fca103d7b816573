import { type Conflict, conflictExportQuerySchema } from "@/lib/contracts/conflicts";
import { csvResponse, toCsvLine } from "@/lib/server/csv";
import { linkBase } from "@/lib/server/link-base";
import { defineRoute } from "@/lib/server/route";
import { readCurrentConnectionId } from "@/lib/sync/current-connection";
import { walkConflicts } from "@/lib/sync/view-conflicts";
import { readConflictFilter } from "../conflict-filter";

const PAGE = 500;
const HEAD = [
  "at",
  "object",
  "name",
  "company",
  "hubspot_property",
  "salesforce_field",
  "hubspot_value",
  "salesforce_value",
  "winner",
  "rule",
  "reason",
  "triggers",
  "by",
  "run_id",
  "hubspot_url",
  "salesforce_url",
  "record_id",
];

/** The conflicts as CSV, newest first, under the same filters as the list. */
export const GET = defineRoute({
  allow: "read",
  query: conflictExportQuerySchema,
  handle: async ({ query }) => {
    const pages = walkConflicts(await readCurrentConnectionId(), readConflictFilter(query), PAGE, linkBase());
    return csvResponse("conflicts", writeLines(pages));
  },
});

async function* writeLines(pages: AsyncGenerator<Conflict[]>): AsyncGenerator<string> {
  yield toCsvLine(HEAD);
  for await (const conflicts of pages) yield conflicts.map((one) => toCsvLine(toCells(one))).join("");
}

function toCells({ record, change, ...sync }: Conflict): string[] {
  const lost = String(change.beforeText ?? change.before ?? "");
  const won = String(change.afterText ?? change.after ?? "");
  const [hubspot, salesforce] = change.side === "hubspot" ? [lost, won] : [won, lost];
  return [
    sync.at,
    record.object,
    record.name,
    record.company,
    change.hubspotProperty,
    change.salesforceField,
    hubspot,
    salesforce,
    change.winner,
    change.rule,
    change.reason,
    sync.triggers.map((trigger) => trigger.code).join(" "),
    sync.by ?? "",
    sync.runId ?? "",
    record.hubspotUrl ?? "",
    record.salesforceUrl ?? "",
    record.id,
  ];
}
