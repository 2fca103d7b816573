import { z } from "zod";

type Json = Record<string, unknown>;

/** Something that fits the schema, as small as it may be. */
export function makeValid(schema: z.ZodType): unknown {
  return sample(z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as Json);
}

function sample(schema: Json): unknown {
  if (schema.const !== undefined) return schema.const;
  if (Array.isArray(schema.enum)) return schema.enum[0];
  const choices = (schema.anyOf ?? schema.oneOf) as Json[] | undefined;
  if (choices?.[0]) return sample(choices[0]);
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
  if (type === "object") return sampleObject(schema);
  if (type === "array") return [];
  if (type === "integer" || type === "number") return Number(schema.minimum ?? 1);
  if (type === "boolean") return true;
  if (type === "null") return null;
  return sampleText(schema);
}

function sampleObject({ properties = {}, required = [] }: { properties?: Json; required?: string[] }): Json {
  return Object.fromEntries(required.map((name) => [name, sample((properties as Record<string, Json>)[name] ?? {})]));
}

function sampleText({ format, minLength }: Json): string {
  if (format === "email") return "somebody@example.com";
  if (format === "date-time") return "2026-01-01T00:00:00.000Z";
  if (format === "uuid" || format === "guid") return "00000000-0000-4000-8000-000000000000";
  return "a".repeat(Math.max(1, Number(minLength ?? 1)));
}

/** Names of an object schema's parts, the optional ones too. */
export function listNames(schema: z.ZodType): string[] {
  const { properties = {} } = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as { properties?: Json };
  return Object.keys(properties);
}

const LONG = "x".repeat(100_000);
/** Deeper than any parser's stack likes. */
const DEEP = `${"[".repeat(20_000)}${"]".repeat(20_000)}`;
const WRONG: unknown[] = [
  null,
  true,
  -1,
  1.5,
  1e308,
  Number.MAX_VALUE,
  "",
  " ",
  LONG,
  "\u0000",
  "\ud800",
  "'; DROP TABLE sync_record; --",
  "../../etc/passwd",
  [],
  [[[]]],
  {},
  { __proto__: null, constructor: { prototype: 1 } },
];

/** Bodies as no page sends them, each with a name; as text, because some are no JSON at all. */
export function makeBadBodies(schema: z.ZodType): { name: string; text: string }[] {
  const valid = makeValid(schema);
  const whole = [
    ["nothing", ""],
    ["broken JSON", "{"],
    ["a deep array", DEEP],
    ["more than 1 MB", JSON.stringify({ pad: "x".repeat(1_100_000) })],
    ["two documents", "{}{}"],
    ["a prototype", '{"__proto__":{"role":"owner"},"constructor":1}'],
    ["a number beyond all", '{"version":1e999}'],
    ...[null, 1, "text", [], true].map((value) => [`plain ${JSON.stringify(value)}`, JSON.stringify(value)]),
  ] as [string, string][];
  if (typeof valid !== "object" || valid === null) return whole.map(([name, text]) => ({ name, text }));
  const parts = listNames(schema).flatMap((part) => [
    [`without ${part}`, JSON.stringify({ ...valid, [part]: undefined })],
    ...WRONG.map((value) => [
      `${part} = ${JSON.stringify(value).slice(0, 40)}`,
      JSON.stringify({ ...valid, [part]: value }),
    ]),
  ]) as [string, string][];
  return [...whole, ...parts].map(([name, text]) => ({ name, text }));
}

/** Query strings as no page sends them. */
export function makeBadQueries(schema: z.ZodType): string[] {
  const names = listNames(schema);
  const values = ["", "%00", "-1", "1e400", "NaN", "true", "%F0%9F%92%A9", "x".repeat(5_000), "%27%3B--", "[]", "{}"];
  return [
    ...names.flatMap((name) => values.map((value) => `${name}=${value}`)),
    ...names.map((name) => `${name}=1&${name}=2`),
    ...names.map((name) => `${name}[]=1`),
    "__proto__=1",
    "%",
  ];
}
