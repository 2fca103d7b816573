/**
 * read: see everything · sync: check now, sync a record, resume · configure: connect, mappings, settings ·
 * administer: people, API keys, audit log · own: appoint and remove owners
 */
export type Permission = "read" | "sync" | "configure" | "administer" | "own";
export type UserRole = "owner" | "admin" | "operator" | "read-only";

const ALLOWED: Record<UserRole, readonly Permission[]> = {
  owner: ["read", "sync", "configure", "administer", "own"],
  admin: ["read", "sync", "configure", "administer"],
  operator: ["read", "sync"],
  "read-only": ["read"],
};

/** What is not listed is denied; an unknown role may nothing. */
export function isAllowed(role: string, permission: Permission): boolean {
  return isUserRole(role) && ALLOWED[role].includes(permission);
}

/** Everything that the role may, for pages that leave out what would only be refused. */
export function listPermissions(role: UserRole): Permission[] {
  return [...ALLOWED[role]];
}

/** Whether somebody with `role` may give or take `other`: nobody acts above their own rights. */
export function mayGrant(role: UserRole, other: UserRole): boolean {
  return ALLOWED[other].every((permission) => ALLOWED[role].includes(permission));
}

export function isUserRole(role: string): role is UserRole {
  return Object.hasOwn(ALLOWED, role);
}
