import { z } from "zod";
import { type ProblemCode, problemSchema } from "@/lib/contracts/problem";
import { describeProblem } from "./problem";
import type { DeclaredRoute } from "./route";

/** Who may call: whoever a role lets, whoever holds a secret of the settings, a vendor that signs, or anyone. */
export type RouteSecurity = "role" | "anyone" | "cron" | "metrics" | "signature";

export type RouteDocs = {
  summary: string;
  /** The answer's schema under its name in the document; a media type for what is not JSON; null for an empty answer */
  reply: Record<string, z.ZodType> | string | null;
  /** 200 unless it says otherwise */
  status?: number;
  /** Refusals of its own; the common ones are added */
  problems?: readonly ProblemCode[];
};

export type DescribedRoute = RouteDocs & {
  method: string;
  /** With braces: /api/records/{id} */
  path: string;
  tag: string;
  security: RouteSecurity;
  declared: Omit<DeclaredRoute, "allow"> & { allow: DeclaredRoute["allow"] | null };
};

type Json = Record<string, unknown>;

const SECURITY: Record<RouteSecurity, Json[]> = {
  role: [{ session: [] }, { apiKey: [] }],
  anyone: [{}],
  cron: [{ cronSecret: [] }],
  metrics: [{ metricsToken: [] }],
  signature: [{ hubspotSignature: [] }],
};

const SCHEMES: Json = {
  session: {
    type: "apiKey",
    in: "cookie",
    name: "kakehashi.session_token",
    description: "A signed-in browser. Changes also need an Origin of our own.",
  },
  apiKey: { type: "http", scheme: "bearer", description: "An API key (Settings → API keys); its role decides." },
  cronSecret: { type: "http", scheme: "bearer", description: "CRON_SECRET of the settings." },
  metricsToken: { type: "http", scheme: "bearer", description: "METRICS_TOKEN of the settings." },
  hubspotSignature: { type: "apiKey", in: "header", name: "X-HubSpot-Signature-v3" },
};

/** The whole REST API as OpenAPI 3.1, made from the schemas that the routes check with. */
export function buildOpenApi(routes: readonly DescribedRoute[], serverUrl: string): Json {
  const replies = nameReplies(routes);
  const paths: Record<string, Json> = {};
  for (const route of routes) {
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: describeOperation(route, replies) };
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Kakehashi",
      version: "1",
      description:
        "Everything that the pages can do. Refusals are application/problem+json with a stable code. A body with a field that is not described is refused.",
    },
    servers: [{ url: serverUrl }],
    paths,
    components: { securitySchemes: SCHEMES, schemas: toSchemas(replies) },
  };
}

type Names = Map<z.ZodType, string>;

/** @throws Error when two schemas claim the same name. */
function nameReplies(routes: readonly DescribedRoute[]): Names {
  const names: Names = new Map([[problemSchema, "Problem"]]);
  const taken = new Map<string, z.ZodType>([["Problem", problemSchema]]);
  for (const { reply } of routes) {
    if (reply === null || typeof reply === "string") continue;
    for (const [name, schema] of Object.entries(reply)) {
      if ((taken.get(name) ?? schema) !== schema) throw new Error(`Two answers are called ${name}.`);
      taken.set(name, schema);
      names.set(schema, name);
    }
  }
  return names;
}

const refer = (name: string) => `#/components/schemas/${name}`;

function toSchemas(names: Names): Json {
  const registry = z.registry<{ id: string }>();
  for (const [schema, id] of names) registry.add(schema, { id });
  const { schemas } = z.toJSONSchema(registry, { io: "output", uri: refer, unrepresentable: "any" });
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, withoutMarks(schema as Json)]));
}

function toInput(schema: z.ZodType): Json {
  return withoutMarks(z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as Json);
}

/** The document says once which dialect it speaks, and its parts are found by their place. */
function withoutMarks({ $schema: _, $id: __, ...schema }: Json): Json {
  return schema;
}

function describeOperation(route: DescribedRoute, names: Names): Json {
  const { declared, tag, summary, security } = route;
  const parameters = [...listParameters("path", declared.params), ...listParameters("query", declared.query)];
  return {
    operationId: nameOperation(route),
    tags: [tag],
    summary,
    ...(declared.allow && declared.allow !== "anyone" ? { "x-permission": declared.allow } : {}),
    security: SECURITY[security],
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(declared.body
      ? { requestBody: { required: true, content: { "application/json": { schema: toInput(declared.body) } } } }
      : {}),
    responses: { ...describeReply(route, names), ...describeRefusals(route) },
  };
}

/** GET /api/records/{id}/timeline → getRecordsByIdTimeline */
function nameOperation({ method, path }: DescribedRoute): string {
  const words = path
    .replace(/^\/api\//, "")
    .split(/[/.-]/)
    .map((part) => part.replace(/^\{(.+)\}$/, "by-$1"))
    .flatMap((part) => part.split("-"));
  const capital = words.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1));
  return method.toLowerCase() + capital.join("");
}

function listParameters(place: "path" | "query", schema: z.ZodType | undefined): Json[] {
  if (!schema) return [];
  const { properties = {}, required = [] } = toInput(schema) as {
    properties?: Record<string, Json>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, inner]) => ({
    name,
    in: place,
    required: place === "path" || required.includes(name),
    schema: inner,
  }));
}

function describeReply({ reply, status = 200 }: DescribedRoute, names: Names): Json {
  const description = status === 201 ? "Made" : status === 202 ? "Begun" : "Done";
  if (reply === null) return { [status]: { description } };
  if (typeof reply === "string")
    return { [status]: { description, content: { [reply]: { schema: { type: "string" } } } } };
  const [schema] = Object.values(reply);
  const name = schema && names.get(schema);
  return { [status]: { description, content: { "application/json": { schema: { $ref: refer(name ?? "") } } } } };
}

function describeRefusals({ declared, security, problems = [] }: DescribedRoute): Json {
  const codes = new Set<ProblemCode>([...problems, "internal"]);
  if (security === "role")
    for (const code of ["not_signed_in", "not_allowed", "wrong_origin"] as const) codes.add(code);
  if (security === "cron" || security === "metrics") codes.add("wrong_secret");
  if (declared.params) codes.add("not_found");
  if (declared.query || declared.body) codes.add("invalid_input");
  if (declared.body) codes.add("too_large");
  const byStatus = new Map<number, ProblemCode[]>();
  for (const code of codes) {
    const { status } = describeProblem(code);
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return Object.fromEntries(
    [...byStatus].sort(([a], [b]) => a - b).map(([status, list]) => [status, describeProblems(list)]),
  );
}

function describeProblems(codes: ProblemCode[]): Json {
  const description = codes.map((code) => `\`${code}\`: ${describeProblem(code).title}`).join(" ");
  const schema = {
    allOf: [{ $ref: refer("Problem") }, { type: "object", properties: { code: { enum: codes } } }],
  };
  return { description, content: { "application/problem+json": { schema } } };
}
