import * as apiKey from "@/app/api/api-keys/[id]/route";
import * as apiKeys from "@/app/api/api-keys/route";
import * as auditExport from "@/app/api/audit/export/route";
import * as audit from "@/app/api/audit/route";
import * as auditVerify from "@/app/api/audit/verify/route";
import * as me from "@/app/api/me/route";
import * as notifications from "@/app/api/notifications/route";
import * as testMail from "@/app/api/notifications/test/route";
import * as passwordLink from "@/app/api/users/[id]/password-link/route";
import * as user from "@/app/api/users/[id]/route";
import * as renewInvitation from "@/app/api/users/invitations/[id]/renew/route";
import * as invitation from "@/app/api/users/invitations/[id]/route";
import * as acceptInvitation from "@/app/api/users/invitations/accept/route";
import * as openInvitation from "@/app/api/users/invitations/open/route";
import * as invitations from "@/app/api/users/invitations/route";
import * as users from "@/app/api/users/route";
import { apiKeyListSchema, apiKeyMadeSchema } from "@/lib/contracts/api-keys";
import { auditChainSchema, auditListSchema } from "@/lib/contracts/audit";
import { meSchema } from "@/lib/contracts/connection";
import { notificationsSchema, testMailSchema } from "@/lib/contracts/notifications";
import {
  acceptedSchema,
  invitationMadeSchema,
  openedInvitationSchema,
  passwordLinkSchema,
  userListSchema,
  userSchema,
} from "@/lib/contracts/users";
import { describeRoutes } from "./describe-routes";

const PEOPLE = "People";
const KEYS = "API keys";
const AUDIT = "Audit log";
const ME = "Yourself";

/** Who may what: people, keys, the log of it, and one's own settings. */
export const ACCESS_ROUTES = [
  ...describeRoutes(ME, "/api/me", me, {
    GET: { summary: "Who asks, and what they may", reply: { Me: meSchema } },
    PATCH: { summary: "Save one's language", reply: { Me: meSchema } },
  }),
  ...describeRoutes(ME, "/api/notifications", notifications, {
    GET: { summary: "What one is told by e-mail", reply: { Notifications: notificationsSchema } },
    PATCH: { summary: "Choose what one is told by e-mail", reply: { Notifications: notificationsSchema } },
  }),
  ...describeRoutes(ME, "/api/notifications/test", testMail, {
    POST: {
      summary: "Send oneself a test e-mail",
      reply: { TestMail: testMailSchema },
      problems: ["mail_not_set", "mail_refused"],
    },
  }),
  ...describeRoutes(PEOPLE, "/api/users", users, {
    GET: { summary: "People and open invitations", reply: { UserList: userListSchema } },
  }),
  ...describeRoutes(PEOPLE, "/api/users/[id]", user, {
    PATCH: {
      summary: "Change a person's role, deactivate or reactivate them",
      reply: { User: userSchema },
      problems: ["last_owner"],
    },
  }),
  ...describeRoutes(PEOPLE, "/api/users/[id]/password-link", passwordLink, {
    POST: {
      summary: "A link to set a new password, good for a day",
      reply: { PasswordLink: passwordLinkSchema },
      status: 201,
    },
  }),
  ...describeRoutes(PEOPLE, "/api/users/invitations", invitations, {
    POST: {
      summary: "Invite somebody",
      reply: { InvitationMade: invitationMadeSchema },
      status: 201,
      problems: ["already_member"],
    },
  }),
  ...describeRoutes(PEOPLE, "/api/users/invitations/[id]", invitation, {
    DELETE: { summary: "Withdraw an invitation", reply: null, status: 204 },
  }),
  ...describeRoutes(PEOPLE, "/api/users/invitations/[id]/renew", renewInvitation, {
    POST: { summary: "A new link for an invitation", reply: { InvitationMade: invitationMadeSchema }, status: 201 },
  }),
  ...describeRoutes(PEOPLE, "/api/users/invitations/open", openInvitation, {
    POST: {
      summary: "What the token of a link is for",
      reply: { OpenedInvitation: openedInvitationSchema },
      problems: ["link_invalid"],
    },
  }),
  ...describeRoutes(PEOPLE, "/api/users/invitations/accept", acceptInvitation, {
    POST: {
      summary: "Make the account, or set its password, and sign in",
      reply: { Accepted: acceptedSchema },
      problems: ["link_invalid"],
    },
  }),
  ...describeRoutes(KEYS, "/api/api-keys", apiKeys, {
    GET: { summary: "All API keys, without the keys themselves", reply: { ApiKeyList: apiKeyListSchema } },
    POST: {
      summary: "Make an API key; the only answer that holds it",
      reply: { ApiKeyMade: apiKeyMadeSchema },
      status: 201,
    },
  }),
  ...describeRoutes(KEYS, "/api/api-keys/[id]", apiKey, {
    DELETE: { summary: "Revoke an API key", reply: null, status: 204 },
  }),
  ...describeRoutes(AUDIT, "/api/audit", audit, {
    GET: { summary: "Who did what, newest first", reply: { AuditList: auditListSchema } },
  }),
  ...describeRoutes(AUDIT, "/api/audit/export", auditExport, {
    GET: { summary: "The audit log as CSV", reply: "text/csv" },
  }),
  ...describeRoutes(AUDIT, "/api/audit/verify", auditVerify, {
    GET: { summary: "Whether an entry was changed or is missing", reply: { AuditChain: auditChainSchema } },
  }),
];
