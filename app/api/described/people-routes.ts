import * as campaigns from "@/app/api/campaigns/route";
import * as forms from "@/app/api/forms/route";
import * as owners from "@/app/api/owners/route";
import * as schemas from "@/app/api/schemas/route";
import * as stages from "@/app/api/stages/route";
import { campaignChoicesSchema, formChoicesSchema } from "@/lib/contracts/campaigns";
import { ownersSchema } from "@/lib/contracts/owners";
import { stagesSchema } from "@/lib/contracts/stages";
import { describeRoutes } from "./describe-routes";

const PEOPLE = "Owners, stages and campaigns";
const CRM = ["not_connected", "crm_unavailable", "crm_refused"] as const;

/** What the settings of owners, stages and campaigns choose from. */
export const PEOPLE_ROUTES = [
  ...describeRoutes(PEOPLE, "/api/owners", owners, {
    GET: {
      summary: "Owners of HubSpot beside users of Salesforce, and how they meet",
      reply: { Owners: ownersSchema },
    },
  }),
  ...describeRoutes(PEOPLE, "/api/stages", stages, {
    GET: {
      summary: "Lifecycle stages, lead statuses and deal stages of both sides, and how they meet by themselves",
      reply: { Stages: stagesSchema },
    },
  }),
  ...describeRoutes(PEOPLE, "/api/schemas", schemas, {
    POST: {
      summary: "Read fields, people and stages of both CRMs again",
      reply: null,
      status: 204,
      problems: [...CRM],
    },
  }),
  ...describeRoutes(PEOPLE, "/api/forms", forms, {
    GET: { summary: "HubSpot's forms by name", reply: { Forms: formChoicesSchema }, problems: [...CRM] },
  }),
  ...describeRoutes(PEOPLE, "/api/campaigns", campaigns, {
    GET: {
      summary: "Salesforce's campaigns with their member statuses, the active ones first",
      reply: { Campaigns: campaignChoicesSchema },
      problems: [...CRM],
    },
  }),
];
