import { ALL_ROUTES } from "@/app/api/described/all-routes";
import { buildOpenApi } from "@/lib/server/build-openapi";
import { readEnv } from "@/lib/server/env";

export const dynamic = "force-dynamic";

let made: string | undefined;

/** The whole REST API. Open to anyone: it describes public code and holds no data. */
export function GET(): Response {
  made ??= JSON.stringify(buildOpenApi(ALL_ROUTES, readEnv().publicUrl));
  return new Response(made, {
    headers: { "content-type": "application/json", "cache-control": "public, max-age=300" },
  });
}
