import * as conflictsExport from "@/app/api/conflicts/export/route";
import * as conflicts from "@/app/api/conflicts/route";
import * as errorsExport from "@/app/api/errors/export/route";
import * as errorRecords from "@/app/api/errors/records/route";
import * as errors from "@/app/api/errors/route";
import { conflictListSchema } from "@/lib/contracts/conflicts";
import { errorRecordsSchema, errorSummarySchema } from "@/lib/contracts/errors";
import { describeRoutes } from "./describe-routes";

const HEALTH = "Sync health";

/** What fails, what does not take part, and what was edited on both sides. */
export const HEALTH_ROUTES = [
  ...describeRoutes(HEALTH, "/api/errors", errors, {
    GET: {
      summary: "Errors by category and type, with excluded and waiting records",
      reply: { ErrorSummary: errorSummarySchema },
      problems: ["not_found"],
    },
  }),
  ...describeRoutes(HEALTH, "/api/errors/records", errorRecords, {
    GET: { summary: "Errors with their records, newest first", reply: { ErrorRecords: errorRecordsSchema } },
  }),
  ...describeRoutes(HEALTH, "/api/errors/export", errorsExport, {
    GET: { summary: "Errors with their records as CSV", reply: "text/csv" },
  }),
  ...describeRoutes(HEALTH, "/api/conflicts", conflicts, {
    GET: {
      summary: "Fields that were edited on both sides, and which value won",
      reply: { ConflictList: conflictListSchema },
    },
  }),
  ...describeRoutes(HEALTH, "/api/conflicts/export", conflictsExport, {
    GET: { summary: "Those fields as CSV", reply: "text/csv" },
  }),
];
