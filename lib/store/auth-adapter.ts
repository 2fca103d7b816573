import { prismaAdapter } from "better-auth/adapters/prisma";
import { getDatabase } from "./client";
import { hashSessionTokens } from "./hash-session-tokens";

/** Lets the sign-in library keep users and sessions in our tables; of a session's token only the hash. */
export function createAuthAdapter() {
  const connect = prismaAdapter(getDatabase(), { provider: "postgresql" });
  return (options: Parameters<typeof connect>[0]) => hashSessionTokens(connect(options));
}

/** Whether anybody can sign in yet. */
export async function hasUsers(): Promise<boolean> {
  return (await getDatabase().user.findFirst({ select: { id: true } })) !== null;
}

/** Stores the page language of one person. */
export async function saveUserLanguage(userId: string, language: string): Promise<void> {
  await getDatabase().user.update({ where: { id: userId }, data: { language } });
}

export async function deleteUserSession(sessionId: string): Promise<void> {
  await getDatabase().session.deleteMany({ where: { id: sessionId } });
}
