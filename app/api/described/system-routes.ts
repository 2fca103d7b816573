import { z } from "zod";
import * as auth from "@/app/api/auth/[...all]/route";
import * as budget from "@/app/api/budget/route";
import * as configDiff from "@/app/api/config/diff/route";
import * as config from "@/app/api/config/route";
import * as authorize from "@/app/api/connection/[side]/authorize/route";
import * as side from "@/app/api/connection/[side]/route";
import * as permissions from "@/app/api/connection/permissions/route";
import * as prepare from "@/app/api/connection/prepare/route";
import * as resume from "@/app/api/connection/resume/route";
import * as connection from "@/app/api/connection/route";
import * as settings from "@/app/api/connection/settings/route";
import * as cron from "@/app/api/cron/sync/route";
import * as health from "@/app/api/health/route";
import * as metrics from "@/app/api/metrics/route";
import * as callback from "@/app/api/oauth/[side]/callback/route";
import * as ready from "@/app/api/ready/route";
import * as setup from "@/app/api/setup/route";
import * as hubspotWebhook from "@/app/api/webhooks/hubspot/route";
import { budgetSchema } from "@/lib/contracts/budget";
import { configFileSchema, configImportedSchema, configPreviewSchema } from "@/lib/contracts/config-file";
import { authorizeSchema, connectionSchema, setupSchema } from "@/lib/contracts/connection";
import { hubspotEventsSchema } from "@/lib/contracts/hubspot-events";
import { cronResultSchema } from "@/lib/contracts/overview";
import { permissionsSchema } from "@/lib/contracts/permissions";
import { describeRoutes } from "./describe-routes";

const CONNECTION = "Connection";
const OPERATION = "Operation";
const SIGN_IN = "Sign-in";

const CRM = ["not_connected", "crm_unavailable", "crm_refused"] as const;
const budgetQuery = z.object({ budgetMs: z.coerce.number().int().min(100).max(3_600_000).default(50_000) });
const cronDocs = {
  summary: "Check both systems and work until nothing is due or the time is spent",
  reply: { CronResult: cronResultSchema },
  security: "cron",
  query: budgetQuery,
} as const;

/** The connection itself, and what schedulers, monitors and browsers call. */
export const SYSTEM_ROUTES = [
  ...describeRoutes(CONNECTION, "/api/connection", connection, {
    GET: { summary: "Both accounts and the settings", reply: { Connection: connectionSchema } },
  }),
  ...describeRoutes(CONNECTION, "/api/budget", budget, {
    GET: {
      summary: "Salesforce calls of the last 24 hours by hour, object and reason",
      reply: { Budget: budgetSchema },
    },
  }),
  ...describeRoutes(CONNECTION, "/api/connection/settings", settings, {
    PATCH: {
      summary: "Change settings",
      reply: { Connection: connectionSchema },
      problems: ["changed_meanwhile", "not_found"],
    },
  }),
  ...describeRoutes(CONNECTION, "/api/connection/permissions", permissions, {
    GET: {
      summary: "Which rights both sign-ins lack for what is set; asks both systems",
      reply: { Permissions: permissionsSchema },
      problems: CRM,
    },
  }),
  ...describeRoutes(CONNECTION, "/api/connection/prepare", prepare, {
    POST: {
      summary: "Turn syncing on, with or without the id fields; or only make ready",
      reply: { Connection: connectionSchema },
      problems: CRM,
    },
  }),
  ...describeRoutes(CONNECTION, "/api/config", config, {
    GET: { summary: "Settings and mappings as one file", reply: { ConfigFile: configFileSchema } },
    POST: {
      summary: "Import what the diff showed",
      reply: { ConfigImported: configImportedSchema },
      problems: ["changed_meanwhile", "invalid_input"],
    },
  }),
  ...describeRoutes(CONNECTION, "/api/config/diff", configDiff, {
    POST: { summary: "What importing a file would change", reply: { ConfigPreview: configPreviewSchema } },
  }),
  ...describeRoutes(CONNECTION, "/api/setup", setup, {
    GET: { summary: "What this server signs in with at both vendors", reply: { Setup: setupSchema } },
    PATCH: { summary: "Remember where the set-up is", reply: { Connection: connectionSchema } },
  }),
  ...describeRoutes(CONNECTION, "/api/connection/resume", resume, {
    POST: { summary: "Try both sign-ins and go on", reply: { Connection: connectionSchema }, problems: CRM },
  }),
  ...describeRoutes(CONNECTION, "/api/connection/[side]", side, {
    DELETE: { summary: "Disconnect a side: revoke and forget its tokens", reply: { Connection: connectionSchema } },
  }),
  ...describeRoutes(CONNECTION, "/api/connection/[side]/authorize", authorize, {
    POST: {
      summary: "Begin to connect a side (a signed-in person only)",
      reply: { Authorize: authorizeSchema },
      problems: ["not_connected"],
    },
  }),
  ...describeRoutes(CONNECTION, "/api/oauth/[side]/callback", callback, {
    GET: { summary: "Where both vendors send the browser back", reply: null, status: 303, security: "anyone" },
  }),
  ...describeRoutes(SIGN_IN, "/api/auth/[...all]", auth, {
    GET: { summary: "Nothing is read here", reply: null, security: "anyone", problems: ["not_found"] },
    POST: {
      summary: "sign-in/email, sign-out, change-password",
      reply: null,
      security: "anyone",
      problems: ["not_found", "invalid_input", "wrong_origin"],
    },
  }),
  ...describeRoutes(OPERATION, "/api/cron/sync", cron, { GET: cronDocs, POST: cronDocs }),
  ...describeRoutes(OPERATION, "/api/webhooks/hubspot", hubspotWebhook, {
    POST: {
      summary: "What HubSpot tells of its own accord, signed (v3)",
      reply: null,
      security: "signature",
      body: hubspotEventsSchema,
      problems: ["wrong_secret"],
    },
  }),
  ...describeRoutes(OPERATION, "/api/health", health, {
    GET: { summary: "The process is alive", reply: { Health: z.object({ status: z.string() }) }, security: "anyone" },
  }),
  ...describeRoutes(OPERATION, "/api/ready", ready, {
    GET: {
      summary: "Requests can be served; 503 with what is missing",
      reply: { Ready: z.object({ status: z.string(), message: z.string().optional() }) },
      security: "anyone",
    },
  }),
  ...describeRoutes(OPERATION, "/api/metrics", metrics, {
    GET: { summary: "Numbers for Prometheus", reply: "text/plain", security: "metrics" },
  }),
];
