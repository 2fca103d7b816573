import { type ErrorRecord, errorExportQuerySchema } from "@/lib/contracts/errors";
import { type MailLanguage, nameError } from "@/lib/notify/words";
import { csvResponse, toCsvLine } from "@/lib/server/csv";
import { linkBase } from "@/lib/server/link-base";
import { defineRoute } from "@/lib/server/route";
import { readCurrentConnectionId } from "@/lib/sync/current-connection";
import { walkErrorRecords } from "@/lib/sync/view-errors";
import { readErrorFilter } from "../error-filter";

const PAGE = 500;
const HEAD = [
  "category",
  "type",
  "title",
  "object",
  "name",
  "company",
  "email",
  "hubspot_id",
  "salesforce_type",
  "salesforce_id",
  "refused_by",
  "fields",
  "code",
  "message",
  "first_seen",
  "last_seen",
  "times",
  "next_try",
  "closed",
  "hubspot_url",
  "salesforce_url",
  "record_id",
];

/** The errors as CSV, newest first, under the same filters as the list. */
export const GET = defineRoute({
  allow: "read",
  query: errorExportQuerySchema,
  handle: async ({ query }) => {
    const pages = walkErrorRecords(await readCurrentConnectionId(), readErrorFilter(query), PAGE, linkBase());
    return csvResponse("errors", writeLines(pages, query.language));
  },
});

async function* writeLines(pages: AsyncGenerator<ErrorRecord[]>, language: MailLanguage): AsyncGenerator<string> {
  yield toCsvLine(HEAD);
  for await (const rows of pages) yield rows.map((row) => toCsvLine(toCells(row, language))).join("");
}

function toCells({ error, record }: ErrorRecord, language: MailLanguage): string[] {
  const fields = error.fields.map(({ label, field, value, text }) => `${label || field}: ${text ?? value ?? ""}`);
  return [
    error.category,
    error.type,
    nameError(language, error.type, error.side),
    record.object,
    record.name,
    record.company,
    record.email ?? "",
    record.hubspotId ?? "",
    record.salesforceType ?? "",
    record.salesforceId ?? "",
    error.side,
    fields.join("\n"),
    error.remoteCode,
    error.remoteMessage,
    error.openedAt,
    error.lastSeenAt,
    String(error.occurrences),
    record.nextTryAt ?? "",
    error.closedAt ?? "",
    record.hubspotUrl ?? "",
    record.salesforceUrl ?? "",
    record.id,
  ];
}
