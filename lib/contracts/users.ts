import { z } from "zod";

const instant = z.iso.datetime();
const language = z.enum(["en", "ja"]);

export const ROLES = ["owner", "admin", "operator", "read-only"] as const;
export const roleSchema = z.enum(ROLES);
export type Role = z.infer<typeof roleSchema>;

/** What a role may, see the table on the page *Users*. */
export const permissionSchema = z.enum(["read", "sync", "configure", "administer", "own"]);
export type PermissionName = z.infer<typeof permissionSchema>;

export const userSchema = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  role: roleSchema,
  active: z.boolean(),
  isYou: z.boolean(),
  createdAt: instant,
  /** When a session of theirs was last used, to the minute; null without one */
  lastSeenAt: instant.nullable(),
  /** Usable API keys that they made; those go on working when the person is deactivated */
  apiKeys: z.number().int(),
});
export type UserView = z.infer<typeof userSchema>;

export const invitationSchema = z.object({
  id: z.string(),
  email: z.string(),
  role: roleSchema,
  invitedBy: z.string(),
  createdAt: instant,
  expiresAt: instant,
  expired: z.boolean(),
});
export type InvitationView = z.infer<typeof invitationSchema>;

/** GET /api/users — people, and invitations that nobody has accepted yet. */
export const userListSchema = z.object({
  users: z.array(userSchema),
  invitations: z.array(invitationSchema),
  /** Whether invitations go out by e-mail; else their link is shown to be passed on */
  mailReady: z.boolean(),
});
export type UserList = z.infer<typeof userListSchema>;

/** PATCH /api/users/{id}; 409 last_owner when nobody would own the installation any more. */
export const userPatchSchema = z
  .object({ role: roleSchema, active: z.boolean() })
  .partial()
  .refine((patch) => patch.role !== undefined || patch.active !== undefined, { message: "required" });
export type UserPatch = z.infer<typeof userPatchSchema>;

/** POST /api/users/invitations; 409 already_member. */
export const invitationInputSchema = z.object({
  email: z
    .string()
    .trim()
    .max(254)
    .pipe(z.email())
    .transform((value) => value.toLowerCase()),
  role: roleSchema,
  language: language.default("en"),
});

/** `link` opens once within seven days; null when it went out by e-mail. */
export const invitationMadeSchema = z.object({ invitation: invitationSchema, link: z.string().nullable() });
export type InvitationMade = z.infer<typeof invitationMadeSchema>;

/** POST /api/users/{id}/password-link */
export const passwordLinkSchema = z.object({ link: z.string().nullable() });

const token = z.string().min(20).max(200);

/** POST /api/users/invitations/open — what a link is for, without using it up. */
export const invitationTokenSchema = z.object({ token });
export const openedInvitationSchema = z.object({
  purpose: z.enum(["invite", "password"]),
  email: z.string(),
  role: roleSchema,
  invitedBy: z.string(),
  expiresAt: instant,
});
export type OpenedInvitation = z.infer<typeof openedInvitationSchema>;

export const PASSWORD_MIN = 12;
/** POST /api/users/invitations/accept — makes the account or sets its password, uses the link up and signs in. */
export const invitationAcceptSchema = z.object({
  token,
  /** Left out when only a password is set */
  name: z.string().trim().min(1).max(100).optional(),
  password: z.string().min(PASSWORD_MIN).max(128),
});
export const acceptedSchema = z.object({ email: z.string() });
