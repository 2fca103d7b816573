import { expect } from "vitest";
import { z } from "zod";
import ofApps from "./data/app-reply-schemas.json";
import ofRecords from "./data/reply-schemas.json";

const replies = { ...ofRecords.replies, ...ofApps.replies };
const $defs = { ...ofRecords.$defs, ...ofApps.$defs };
export type ReplyName = keyof typeof replies;

/** A schema with the shared definitions beside it, as a validator. */
const validators = Object.fromEntries(
  Object.entries(replies).map(([name, reply]) => [
    name,
    z.fromJSONSchema({ ...reply, $defs } as unknown as Parameters<typeof z.fromJSONSchema>[0]),
  ]),
) as Record<ReplyName, z.ZodType>;

/** Fails with what is wrong when a reply is not of the documented shape. */
export function expectShape(name: ReplyName, body: unknown, what: string): void {
  const parsed = validators[name].safeParse(body);
  expect(parsed.error?.issues ?? [], `${what}: ${JSON.stringify(body).slice(0, 300)}`).toEqual([]);
}
