import type { SignedIn } from "@/lib/access/read-session";
import { listPermissions } from "@/lib/access/roles";
import type { Me } from "@/lib/contracts/connection";

/** What the pages may know of whoever is signed in. */
export function viewMe({ email, name, role, language }: Pick<SignedIn, "email" | "name" | "role" | "language">): Me {
  return { email, name, role, permissions: listPermissions(role), language: language ?? "en" };
}
