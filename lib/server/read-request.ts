import type { z } from "zod";
import { Refusal } from "./problem";

/** Far above every body that the API takes (a mapping with a thousand picklist values is about 50 KB). */
const MAX_BODY_BYTES = 1_048_576;
/** Far below what ends a stack; nothing that we take is deeper than five. */
const MAX_DEPTH = 50;
/** PostgreSQL text cannot hold U+0000; nobody types it. */
const NUL_FLAW = "Text must not contain the character U+0000.";

/**
 * The JSON body as the schema says. A field that the schema does not know is refused: it may be one that we know,
 * mistyped, and its sender would believe that it was set.
 * @throws Refusal too_large over 1 MB, invalid_input for no JSON, wrong types or unknown fields, naming the fields.
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
  const body = parseJson((await readBytes(request)).toString("utf8"));
  const known = checkInput(body, schema, "");
  const unknown = findUnknown(body, known);
  if (unknown.length === 0) return known;
  throw new Refusal("invalid_input", { fields: unknown.map((path) => ({ path, message: "unrecognized_keys" })) });
}

/** Paths of `given` that the schema left out of `known`. */
function findUnknown(given: unknown, known: unknown, path: string[] = []): string[] {
  if (typeof given !== "object" || given === null || typeof known !== "object" || known === null) return [];
  return Object.entries(given).flatMap(([key, value]) => {
    const here = [...path, key];
    return Object.hasOwn(known, key)
      ? findUnknown(value, (known as Record<string, unknown>)[key], here)
      : [here.join(".")];
  });
}

/** Query parameters as the schema says; a repeated one counts once, the last. */
export function readQuery<Schema extends z.ZodType>(url: URL, schema: Schema): z.output<Schema> {
  return checkInput(Object.fromEntries(url.searchParams), schema, "");
}

/** @throws Refusal invalid_input that names the fields at fault, not their values. */
export function checkInput<Schema extends z.ZodType>(value: unknown, schema: Schema, prefix: string): z.output<Schema> {
  const flaw = findFlaw(value);
  if (flaw !== null) throw new Refusal("invalid_input", { detail: flaw });
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

/** With a list of its own in place of recursion: a body of brackets alone is 500,000 deep and would end the stack. */
function findFlaw(value: unknown): string | null {
  const waiting: [unknown, number][] = [[value, 0]];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const [one, depth] = next;
    if (typeof one === "string" && one.includes("\u0000")) return NUL_FLAW;
    if (typeof one !== "object" || one === null) continue;
    if (depth >= MAX_DEPTH) return `Values must not be nested more than ${MAX_DEPTH} deep.`;
    for (const [key, inner] of Object.entries(one)) {
      if (key.includes("\u0000")) return NUL_FLAW;
      waiting.push([inner, depth + 1]);
    }
  }
  return null;
}
