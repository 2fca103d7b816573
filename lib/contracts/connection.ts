import { z } from "zod";
import { SETUP_STEPS } from "@/lib/decide/setup-steps";
import { brakeSchema } from "./brake";
import { listProblemSchema } from "./lists";
import { activitiesSinceSchema, settingsSchema } from "./settings";
import { permissionSchema, roleSchema } from "./users";

const setupStepSchema = z.enum(SETUP_STEPS);

/** PATCH /api/setup: where the set-up is; answers the connection. */
export const setupPatchSchema = z.strictObject({ step: setupStepSchema });

const oauthApp = z.object({
  /** Client id and secret stand in the server's settings; without them nobody can connect */
  isSet: z.boolean(),
  /** Host on whose pages one signs in unless another place is chosen */
  signInAt: z.string(),
  /** What the OAuth app has to name as its callback */
  callbackUrl: z.string(),
});

/** GET /api/setup: what this server signs in with. */
export const setupSchema = z.object({ hubspot: oauthApp, salesforce: oauthApp });

const sideState = z.object({
  connected: z.boolean(),
  name: z.string().nullable(),
  id: z.string().nullable(),
  userName: z.string().nullable(),
  connectedAt: z.iso.datetime().nullable(),
  /** Id fields that Kakehashi needs and that are not there yet (spec M6, M7) */
  missingIdFields: z.array(z.string()),
});

const accountName = z.object({ id: z.string(), name: z.string() }).nullable();

/** GET /api/connection */
export const connectionSchema = z.object({
  id: z.string(),
  status: z.enum(["setup", "active", "suspended"]),
  suspendedReason: z.string().nullable(),
  suspendedSide: z.enum(["hubspot", "salesforce"]).nullable(),
  suspendedDetail: z.string().nullable(),
  /** When a person first turned syncing on; null: nothing has ever synced */
  turnedOnAt: z.iso.datetime().nullable(),
  /** Where the set-up was left */
  setupStep: setupStepSchema.nullable(),
  hubspot: sideState,
  /** `signInAt`: host on whose pages the org signs in, e.g. test.salesforce.com; null: as the server is set (GET /api/setup) */
  salesforce: sideState.extend({ signInAt: z.string().nullable() }),
  /** Accounts that were connected before others; signing in to them again brings their links back. The last one first */
  putAside: z.array(z.object({ hubspot: accountName, salesforce: accountName, at: z.iso.datetime() })),
  /** The run that waits for a person's word (spec C4) */
  brake: brakeSchema.nullable(),
  /** Chosen lists that can no longer say who syncs (spec G2) */
  problems: z.array(listProblemSchema),
  settings: settingsSchema.extend({ version: z.number().int(), activitiesSince: activitiesSinceSchema }),
});
export type ConnectionView = z.infer<typeof connectionSchema>;

/**
 * POST /api/connection/{hubspot|salesforce}/authorize?returnTo=&signInAt=&switchAccount= → go there; it comes back to
 * /api/oauth/{side}/callback, then to the page named.
 */
export const authorizeQuerySchema = z.object({
  returnTo: z.enum(["connection", "setup"]).default("connection"),
  /** Salesforce: login.salesforce.com, test.salesforce.com or the org's own domain; else where it signed in before */
  signInAt: z.string().max(255).optional(),
  /** Another account is wanted: links and history of the earlier one are put aside, settings are taken along */
  switchAccount: z.stringbool().default(false),
});
export const authorizeSchema = z.object({ url: z.string() });

/**
 * POST /api/connection/prepare {createIdFields}: with consent creates the id fields, then turns syncing on; answers the
 * connection. Without consent the app works in the weaker way. `turnOn: false` makes ready and starts nothing.
 */
export const prepareSchema = z.object({ createIdFields: z.boolean(), turnOn: z.boolean().default(true) });

/** POST /api/connection/resume — tries both sign-ins and continues; DELETE /api/connection/{side} revokes and forgets the tokens. */

/** GET /api/me */
export const meSchema = z.object({
  email: z.string(),
  name: z.string(),
  role: roleSchema,
  /** What the role may; pages leave out what would only be refused */
  permissions: z.array(permissionSchema),
  language: z.enum(["en", "ja"]),
});
export type Me = z.infer<typeof meSchema>;
