import { deleteUserSession } from "@/lib/store/auth-adapter";
import { getAuth } from "./auth";
import { isUserRole, type UserRole } from "./roles";

/** Who is signed in. `sessionId` never leaves the server. */
export type SignedIn = {
  userId: string;
  sessionId: string;
  email: string;
  name: string;
  role: UserRole;
  language: "en" | "ja" | null;
  /** Set-Cookie lines that carry the idle time forward; to be sent with the answer where that is possible */
  cookies: string[];
};

const ABSOLUTE_MS = 12 * 3_600_000;

/** The person behind the cookie of these headers; null when there is none, it ended, or its 12 hours are over. */
export async function readSession(headers: Headers): Promise<SignedIn | null> {
  // Most calls without a cookie come from monitors and crawlers; they cost no database read.
  if (!headers.get("cookie")?.includes("session_token")) return null;
  const { headers: answered, response: found } = await getAuth().api.getSession({ headers, returnHeaders: true });
  if (!found) return null;
  const { session, user } = found;
  if (Date.now() - new Date(session.createdAt).getTime() > ABSOLUTE_MS) {
    await deleteUserSession(session.id);
    return null;
  }
  // Their sessions ended when they were deactivated; this also covers one that was being made at that moment.
  if (user.deactivatedAt) return null;
  const role = user.role ?? "";
  if (!isUserRole(role)) return null;
  const language = user.language === "en" || user.language === "ja" ? user.language : null;
  return {
    userId: user.id,
    sessionId: session.id,
    email: user.email,
    name: user.name,
    role,
    language,
    cookies: answered.getSetCookie(),
  };
}
