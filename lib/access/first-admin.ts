import { recordAudit } from "@/lib/store/audit";
import { hasUsers } from "@/lib/store/auth-adapter";
import { getAccessSettings } from "./access-settings";
import { getAuth } from "./auth";

export type FirstAdminResult = "made" | "exists" | "not_set";

/**
 * Makes the person named by the settings the owner while nobody can sign in yet. "not_set": nobody can sign in and the
 * settings name nobody, so the start has to say what to do.
 */
export async function createFirstAdmin(): Promise<FirstAdminResult> {
  if (await hasUsers()) return "exists";
  const { firstAdmin } = getAccessSettings();
  if (!firstAdmin) return "not_set";
  const email = firstAdmin.email.toLowerCase();
  const { internalAdapter, password } = await getAuth().$context;
  try {
    const user = await internalAdapter.createUser(
      { email, name: email.split("@")[0] ?? email, emailVerified: true, role: "owner" },
      { method: "admin" },
    );
    await internalAdapter.linkAccount({
      userId: user.id,
      providerId: "credential",
      accountId: user.id,
      password: await password.hash(firstAdmin.password),
    });
  } catch (error) {
    // Two processes started at once: the other one made it, the address is unique.
    if (await hasUsers()) return "exists";
    throw error;
  }
  await recordAudit({ connectionId: null, by: "system", action: "user_created", detail: { email, role: "owner" } });
  return "made";
}
