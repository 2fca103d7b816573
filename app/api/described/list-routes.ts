import * as brake from "@/app/api/brake/route";
import * as explain from "@/app/api/explain/route";
import * as effect from "@/app/api/lists/[id]/effect/route";
import * as states from "@/app/api/lists/[id]/states/route";
import * as lists from "@/app/api/lists/route";
import * as relink from "@/app/api/records/[id]/relink/route";
import { brakeAnswerSchema, brakeDecidedSchema } from "@/lib/contracts/brake";
import { explanationSchema } from "@/lib/contracts/explain";
import { listChoicesSchema, listEffectSchema, listStatesSchema } from "@/lib/contracts/lists";
import { syncResultSchema } from "@/lib/contracts/records";
import { describeRoutes } from "./describe-routes";

const RECORDS = "Records";
const WHO_SYNCS = "Who syncs";
const CRM = ["not_connected", "crm_unavailable", "crm_refused"] as const;

/** Who syncs and why not: inclusion lists, the brake, gates of any record, another partner. */
export const LIST_ROUTES = [
  ...describeRoutes(WHO_SYNCS, "/api/lists", lists, {
    GET: {
      summary: "HubSpot's lists that could say who syncs",
      reply: { ListChoices: listChoicesSchema },
      problems: [...CRM],
    },
  }),
  ...describeRoutes(WHO_SYNCS, "/api/lists/[id]/effect", effect, {
    GET: {
      summary: "Who would newly sync and who would stop, were this the inclusion list",
      reply: { ListEffect: listEffectSchema },
      problems: [...CRM],
    },
  }),
  ...describeRoutes(WHO_SYNCS, "/api/lists/[id]/states", states, {
    GET: {
      summary: "How the members of a list stand",
      reply: { ListStates: listStatesSchema },
      problems: [...CRM],
    },
  }),
  ...describeRoutes(WHO_SYNCS, "/api/brake", brake, {
    GET: { summary: "The run that waits for a person's word, with its preview", reply: { Brake: brakeAnswerSchema } },
    POST: {
      summary: "Let exactly that work go on, or take it back",
      reply: { BrakeDecided: brakeDecidedSchema },
      problems: ["changed_meanwhile"],
    },
  }),
  ...describeRoutes(RECORDS, "/api/explain", explain, {
    GET: {
      summary: "Every gate of any record of either side, known or not",
      reply: { Explanation: explanationSchema },
      problems: ["not_found", ...CRM],
    },
  }),
  ...describeRoutes(RECORDS, "/api/records/[id]/relink", relink, {
    POST: {
      summary: "Link a record with another Salesforce record and sync it",
      reply: { SyncResult: syncResultSchema },
      problems: ["already_running", "connection_suspended", "crm_unavailable", "crm_refused"],
    },
  }),
];
