import { z } from "zod";
import { permissionSchema, roleSchema } from "./users";

const sideState = z.object({
  connected: z.boolean(),
  name: z.string().nullable(),
  id: z.string().nullable(),
  userName: z.string().nullable(),
  connectedAt: z.iso.datetime().nullable(),
  /** Id fields that Kakehashi needs and that are not there yet (spec M6, M7) */
  missingIdFields: z.array(z.string()),
});

/** GET /api/connection */
export const connectionSchema = z.object({
  id: z.string(),
  status: z.enum(["setup", "active", "suspended"]),
  suspendedReason: z.string().nullable(),
  suspendedSide: z.enum(["hubspot", "salesforce"]).nullable(),
  suspendedDetail: z.string().nullable(),
  hubspot: sideState,
  salesforce: sideState,
  settings: z.object({
    version: z.number().int(),
    checkEveryMinutes: z.number().int(),
    contactSyncOn: z.boolean(),
    leadToHubSpot: z.enum(["create", "nothing"]),
    contactToHubSpot: z.enum(["create", "nothing"]),
    hubspotToSalesforce: z.enum(["lead", "contact", "nothing"]),
    defaults: z.object({ Lead: z.record(z.string(), z.string()), Contact: z.record(z.string(), z.string()) }),
  }),
});
export type ConnectionView = z.infer<typeof connectionSchema>;

/** POST /api/connection/{hubspot|salesforce}/authorize → go there; it comes back to /api/oauth/{side}/callback, then /connection */
export const authorizeSchema = z.object({ url: z.string() });

/** PATCH /api/connection/settings (409 changed_meanwhile on another version) */
export const settingsPatchSchema = z.object({
  version: z.number().int(),
  checkEveryMinutes: z.number().int().min(1).max(60).optional(),
  contactSyncOn: z.boolean().optional(),
  leadToHubSpot: z.enum(["create", "nothing"]).optional(),
  contactToHubSpot: z.enum(["create", "nothing"]).optional(),
  hubspotToSalesforce: z.enum(["lead", "contact", "nothing"]).optional(),
  defaults: z
    .object({
      Lead: z.record(z.string().max(80), z.string().max(255)),
      Contact: z.record(z.string().max(80), z.string().max(255)),
    })
    .partial()
    .optional(),
});
export type SettingsPatch = z.infer<typeof settingsPatchSchema>;

/** POST /api/connection/prepare {createIdFields}: with consent creates the id fields; answers the connection. Without it the app works in the weaker way. */
export const prepareSchema = z.object({ createIdFields: z.boolean() });

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
