import type { z } from "zod";
import { Refusal } from "./problem";

/** Far above every body that the API takes (a mapping with a thousand picklist values is about 50 KB). */
const MAX_BODY_BYTES = 1_048_576;

/**
 * The JSON body as the schema says.
 * @throws Refusal too_large over 1 MB, invalid_input for no JSON or wrong types, naming the fields.
 */
export async function readJsonBody<Schema extends z.ZodType>(
  request: Request,
  schema: Schema,
): Promise<z.output<Schema>> {
  const type = request.headers.get("content-type") ?? "";
  // Forms cannot send this type across sites without asking first; it is a second lock beside the origin check.
  if (!/^application\/(?:[\w.+-]+\+)?json\b/i.test(type)) {
    throw new Refusal("invalid_input", { detail: "The body has to be JSON, with Content-Type: application/json." });
  }
  return checkInput(parseJson((await readBytes(request)).toString("utf8")), schema, "");
}

/** Query parameters as the schema says; a repeated one counts once, the last. */
export function readQuery<Schema extends z.ZodType>(url: URL, schema: Schema): z.output<Schema> {
  return checkInput(Object.fromEntries(url.searchParams), schema, "");
}

/** @throws Refusal invalid_input that names the fields at fault, not their values. */
export function checkInput<Schema extends z.ZodType>(value: unknown, schema: Schema, prefix: string): z.output<Schema> {
  if (holdsNul(value)) {
    // PostgreSQL text cannot hold U+0000; nobody types it.
    throw new Refusal("invalid_input", { detail: "Text must not contain the character U+0000." });
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.map((issue) => ({
    path: [prefix, ...issue.path.map(String)].filter((part) => part !== "").join("."),
    message: issue.code === "custom" ? issue.message : issue.code,
  }));
  throw new Refusal("invalid_input", { fields });
}

/** @throws Refusal too_large when the body says itself that it is over 1 MB; nothing of it is read then. */
export function refuseLongBody(request: Request): void {
  if (Number(request.headers.get("content-length") ?? 0) > MAX_BODY_BYTES) throw new Refusal("too_large");
}

/** The raw body. @throws Refusal too_large over 1 MB, told or found out while reading */
export async function readBytes(request: Request): Promise<Buffer> {
  refuseLongBody(request);
  if (!request.body) return Buffer.alloc(0);
  const reader = request.body.getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.byteLength;
    if (size > MAX_BODY_BYTES) {
      await reader.cancel();
      throw new Refusal("too_large");
    }
    chunks.push(value);
  }
  return Buffer.concat(chunks);
}

/** @throws Refusal invalid_input */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal("invalid_input", { detail: "The body is not valid JSON." });
  }
}

function holdsNul(value: unknown): boolean {
  if (typeof value === "string") return value.includes("\u0000");
  if (Array.isArray(value)) return value.some(holdsNul);
  if (typeof value !== "object" || value === null) return false;
  return Object.entries(value).some(([key, inner]) => key.includes("\u0000") || holdsNul(inner));
}
