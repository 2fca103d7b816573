import type { UserRole } from "./roles";

/** Who does something: a person or the holder of an API key, as the audit log names them. */
export type Actor = { name: string; role: UserRole };
