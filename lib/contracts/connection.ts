import { z } from "zod";
import { brakeSchema } from "./brake";
import { listProblemSchema } from "./lists";
import { activitiesSinceSchema, settingsSchema } from "./settings";
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
  /** The run that waits for a person's word (spec C4) */
  brake: brakeSchema.nullable(),
  /** Chosen lists that can no longer say who syncs (spec G2) */
  problems: z.array(listProblemSchema),
  settings: settingsSchema.extend({ version: z.number().int(), activitiesSince: activitiesSinceSchema }),
});
export type ConnectionView = z.infer<typeof connectionSchema>;

/** POST /api/connection/{hubspot|salesforce}/authorize → go there; it comes back to /api/oauth/{side}/callback, then /connection */
export const authorizeSchema = z.object({ url: z.string() });

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
