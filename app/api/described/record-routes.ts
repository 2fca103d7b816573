import * as check from "@/app/api/check/route";
import * as mapping from "@/app/api/mappings/[id]/route";
import * as mappingCheck from "@/app/api/mappings/check/route";
import * as mappingFields from "@/app/api/mappings/fields/route";
import * as mappings from "@/app/api/mappings/route";
import * as suggestions from "@/app/api/mappings/suggestions/route";
import * as mappingTry from "@/app/api/mappings/try/route";
import * as overviewHistory from "@/app/api/overview/history/route";
import * as overview from "@/app/api/overview/route";
import * as record from "@/app/api/records/[id]/route";
import * as sync from "@/app/api/records/[id]/sync/route";
import * as timeline from "@/app/api/records/[id]/timeline/route";
import * as find from "@/app/api/records/find/route";
import * as reasons from "@/app/api/records/reasons/route";
import * as records from "@/app/api/records/route";
import {
  mappingCheckSchema,
  mappingFieldsSchema,
  mappingListSchema,
  mappingSchema,
  mappingSuggestionsSchema,
  mappingTrialSchema,
} from "@/lib/contracts/mappings";
import { checkStartedSchema, historySchema, overviewSchema } from "@/lib/contracts/overview";
import {
  recordDetailSchema,
  recordListSchema,
  recordReasonsSchema,
  syncResultSchema,
  timelineSchema,
} from "@/lib/contracts/records";
import { describeRoutes } from "./describe-routes";

const RECORDS = "Records";
const MAPPINGS = "Field mappings";
const SYNC = "Sync";

/** Records, their mappings, and what makes them sync. */
export const RECORD_ROUTES = [
  ...describeRoutes(RECORDS, "/api/records", records, {
    GET: {
      summary: "Records with their state, by name or by their last sync",
      reply: { RecordList: recordListSchema },
      problems: ["not_found", "not_connected", "crm_unavailable", "crm_refused"],
    },
  }),
  ...describeRoutes(RECORDS, "/api/records/reasons", reasons, {
    GET: {
      summary: "How many records fail with each error, and are excluded for each reason",
      reply: { RecordReasons: recordReasonsSchema },
      problems: ["not_found", "not_connected", "crm_unavailable", "crm_refused"],
    },
  }),
  ...describeRoutes(RECORDS, "/api/records/find", find, {
    GET: {
      summary: "One record by HubSpot id, Salesforce id or email, with its card",
      reply: { Record: recordDetailSchema },
      problems: ["not_found"],
    },
  }),
  ...describeRoutes(RECORDS, "/api/records/[id]", record, {
    GET: { summary: "One record: state, errors, gates, fields", reply: { Record: recordDetailSchema } },
  }),
  ...describeRoutes(RECORDS, "/api/records/[id]/timeline", timeline, {
    GET: { summary: "What happened to a record, newest first", reply: { Timeline: timelineSchema } },
  }),
  ...describeRoutes(RECORDS, "/api/records/[id]/sync", sync, {
    POST: {
      summary: "Sync a record now and answer with the result",
      reply: { SyncResult: syncResultSchema },
      problems: ["already_running", "not_connected", "connection_suspended", "crm_unavailable", "crm_refused"],
    },
  }),
  ...describeRoutes(MAPPINGS, "/api/mappings", mappings, {
    GET: { summary: "All field mappings", reply: { MappingList: mappingListSchema } },
    POST: {
      summary: "Add a field mapping",
      reply: { Mapping: mappingSchema },
      status: 201,
      problems: ["already_mapped", "types_do_not_match"],
    },
  }),
  ...describeRoutes(MAPPINGS, "/api/mappings/[id]", mapping, {
    PATCH: {
      summary: "Change a field mapping",
      reply: { Mapping: mappingSchema },
      problems: ["changed_meanwhile", "already_mapped", "types_do_not_match"],
    },
    DELETE: {
      summary: "Remove a field mapping",
      reply: null,
      status: 204,
      problems: ["changed_meanwhile", "default_mapping_stays"],
    },
  }),
  ...describeRoutes(MAPPINGS, "/api/mappings/check", mappingCheck, {
    POST: { summary: "Findings of a mapping before it is saved", reply: { MappingCheck: mappingCheckSchema } },
  }),
  ...describeRoutes(MAPPINGS, "/api/mappings/try", mappingTry, {
    POST: {
      summary: "What a mapping as edited would write on one record, before it is saved",
      reply: { MappingTrial: mappingTrialSchema },
    },
  }),
  ...describeRoutes(MAPPINGS, "/api/mappings/fields", mappingFields, {
    GET: { summary: "Every property and field that can be mapped", reply: { MappingFields: mappingFieldsSchema } },
  }),
  ...describeRoutes(MAPPINGS, "/api/mappings/suggestions", suggestions, {
    GET: {
      summary: "Pairs that could be mapped, best first",
      reply: { MappingSuggestions: mappingSuggestionsSchema },
    },
  }),
  ...describeRoutes(SYNC, "/api/overview", overview, {
    GET: { summary: "Health, counts, pace and last runs", reply: { Overview: overviewSchema } },
  }),
  ...describeRoutes(SYNC, "/api/overview/history", overviewHistory, {
    GET: { summary: "States of an object over time, and the lag per hour", reply: { History: historySchema } },
  }),
  ...describeRoutes(SYNC, "/api/check", check, {
    POST: {
      summary: "Ask both systems for changes now",
      reply: { CheckStarted: checkStartedSchema },
      status: 202,
      problems: ["not_connected", "connection_suspended"],
    },
  }),
];
