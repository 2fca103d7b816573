import { mailLink } from "@/lib/notify/mail-link";
import { jsonResponse } from "@/lib/server/route";
import { viewInvitation } from "./view-user";

type Invited = {
  invitation: Parameters<typeof viewInvitation>[0] & { language: string };
  link: string;
};

/** Sends the link; answers it only when it could not be sent, so that it then reaches the person in another way. */
export async function answerInvited({ invitation, link }: Invited, by: string): Promise<Response> {
  const { email: to, language, expiresAt } = invitation;
  const sent = await mailLink("invite", { link, expiresAt, to, language, by });
  return jsonResponse({ invitation: viewInvitation(invitation), link: sent ? null : link }, 201);
}
