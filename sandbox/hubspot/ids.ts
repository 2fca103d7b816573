import { createHash } from "node:crypto";

/** The one portal that the sandbox plays. */
export const PORTAL_ID = 48201337;
/** The OAuth app; HubSpot writes it into property history as sourceId, so that one can tell one's own edits. */
export const OAUTH_APP_ID = 3200417;
/** The private app behind the fixed `pat-…` token. */
export const PRIVATE_APP_ID = 3200001;

/** Numeric-string ids in rising order, so that the order of ids is the order of creation, as in a portal. */
export class IdCounter {
  constructor(private nextId: number) {}

  take(): string {
    const id = String(this.nextId);
    this.nextId += 1;
    return id;
  }

  get next(): number {
    return this.nextId;
  }
}

/** Hex digits that depend on nothing but the parts: the same run of the sandbox gives the same tokens. */
export function digestOf(...parts: (string | number)[]): string {
  return createHash("sha256").update(parts.join("|")).digest("hex");
}

/** A UUID-shaped text made from the parts. */
export function uuidOf(...parts: (string | number)[]): string {
  const hex = createHash("md5").update(parts.join("|")).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
