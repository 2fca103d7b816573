import { z } from "zod";
import { roleSchema } from "./users";

const instant = z.iso.datetime();

export const apiKeySchema = z.object({
  id: z.string(),
  name: z.string(),
  role: roleSchema,
  /** The first letters of the key, to recognise it by */
  prefix: z.string(),
  createdBy: z.string(),
  createdAt: instant,
  /** To the minute */
  lastUsedAt: instant.nullable(),
  revokedAt: instant.nullable(),
  revokedBy: z.string().nullable(),
});
export type ApiKeyView = z.infer<typeof apiKeySchema>;

/** GET /api/api-keys — usable ones first. */
export const apiKeyListSchema = z.object({
  keys: z.array(apiKeySchema),
  /** Whether the server's settings hold one more key, an administrator's, that can only be taken away there */
  inSettings: z.boolean(),
});

/** POST /api/api-keys */
export const apiKeyInputSchema = z.object({ name: z.string().trim().min(1).max(60), role: roleSchema });

/** The one answer that holds the key itself. */
export const apiKeyMadeSchema = z.object({ key: apiKeySchema, secret: z.string() });
export type ApiKeyMade = z.infer<typeof apiKeyMadeSchema>;
