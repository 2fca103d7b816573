/** read: see everything · sync: check now, sync a record, resume · configure: connect, mappings, settings, users */
export type Permission = "read" | "sync" | "configure";
export type UserRole = "admin" | "operator" | "read-only";

const ALLOWED: Record<UserRole, readonly Permission[]> = {
  admin: ["read", "sync", "configure"],
  operator: ["read", "sync"],
  "read-only": ["read"],
};

/** What is not listed is denied; an unknown role may nothing. */
export function isAllowed(role: string, permission: Permission): boolean {
  return isUserRole(role) && ALLOWED[role].includes(permission);
}

export function isUserRole(role: string): role is UserRole {
  return Object.hasOwn(ALLOWED, role);
}
