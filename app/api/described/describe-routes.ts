import type { DescribedRoute, RouteDocs, RouteSecurity } from "@/lib/server/build-openapi";
import type { DeclaredRoute } from "@/lib/server/route";

const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;
type Method = (typeof METHODS)[number];

/** A route file, as imported: its handlers by method, with what `defineRoute` noted on them. */
type RouteFile = Partial<Record<Method, unknown>>;
/** Docs for every method of the file, and for no other. */
type DocsOf<File extends RouteFile> = { [M in keyof File & Method]: RouteDocs & Partial<Undeclared> };
/** What a handler that was not made by `defineRoute` takes. */
type Undeclared = {
  security: Exclude<RouteSecurity, "role">;
  query: DeclaredRoute["query"];
  body: DeclaredRoute["body"];
};

export type RouteEntry = DescribedRoute & { handler: unknown };

/** Joins a route file with its words. `path` as in app/: "/api/records/[id]". */
export function describeRoutes<File extends RouteFile>(
  tag: string,
  path: string,
  file: File,
  docs: DocsOf<File>,
): RouteEntry[] {
  return METHODS.flatMap((method) => {
    const handler = file[method];
    const words = (docs as Partial<Record<Method, RouteDocs & Partial<Undeclared>>>)[method];
    if (!handler || !words) return [];
    const { security = "role", query, body, ...rest } = words;
    const declared = readDeclared(handler) ?? { allow: null, params: undefined, query, body };
    const open = declared.allow === "anyone" ? "anyone" : security;
    return [
      { ...rest, tag, method, handler, declared, security: open, path: path.replace(/\[(?:\.{3})?(\w+)\]/g, "{$1}") },
    ];
  });
}

function readDeclared(handler: unknown): DeclaredRoute | null {
  return typeof handler === "function" && "declared" in handler ? (handler.declared as DeclaredRoute) : null;
}
