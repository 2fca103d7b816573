import { createHash } from "node:crypto";
import { SalesforceError } from "../errors";
import type { ObjectDef } from "../schema";
import type { Row } from "../table";
import { type OrgContext, sendEmpty } from "./context";

/** Entity tags exist for accounts only (wire.md B.2.4); dates for every object. */
function makeTag(def: ObjectDef, row: Row): string | undefined {
  if (def.name !== "Account") return undefined;
  return `"${createHash("md5").update(`${row.Id}:${row.SystemModstamp}`).digest("base64url")}"`;
}

function readChangedAt(row: Row): number {
  return Date.parse(String(row.LastModifiedDate ?? row.SystemModstamp).replace("+0000", "Z"));
}

function names(header: string, tag: string): boolean {
  return header === "*" || header.split(",").some((known) => known.trim().replace(/^W\/|--gzip/g, "") === tag);
}

/** The headers by which a client can ask conditionally the next time. */
export function describeVersion(def: ObjectDef, row: Row): Record<string, string> {
  const tag = makeTag(def, row);
  return { "Last-Modified": new Date(readChangedAt(row)).toUTCString(), ...(tag ? { ETag: tag } : {}) };
}

/** Throws 412 when the record is not the version that the client means (`If-Match`, `If-Unmodified-Since`). */
export function checkPrecondition(c: OrgContext, def: ObjectDef, row: Row): void {
  const tag = makeTag(def, row);
  const match = c.req.header("If-Match");
  const unless = Date.parse(c.req.header("If-Unmodified-Since") ?? "");
  const isOther = tag !== undefined && match !== undefined && !names(match, tag);
  if (isOther || readChangedAt(row) > unless)
    throw new SalesforceError(412, "PRECONDITION_FAILED", "The resource was modified after the given date or version");
}

/** 304 when the client's copy is the newest; throws 412 as above. */
export function answerConditional(c: OrgContext, def: ObjectDef, row: Row): Response | undefined {
  checkPrecondition(c, def, row);
  const tag = makeTag(def, row);
  const none = c.req.header("If-None-Match");
  if (tag !== undefined && none !== undefined) return names(none, tag) ? sendEmpty(304) : undefined;
  const since = Date.parse(c.req.header("If-Modified-Since") ?? "");
  return readChangedAt(row) <= since ? sendEmpty(304) : undefined;
}
