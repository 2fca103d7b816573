import { configureAccess } from "@/lib/access/access-settings";
import { createTokenSource } from "@/lib/access/token-source";
import { readEnv } from "@/lib/server/env";
import { connectDatabase } from "@/lib/store/client";
import { configureTokenSources } from "@/lib/sync/open-crms";

/**
 * Wires a process once before anything else: settings to sign-in, the database, token sources to the engine. The app,
 * the worker and the command line all begin here. This is the one place that knows both sign-in and engine.
 * @throws EnvError that lists every setting in need of a cure.
 */
export function startProcess(): void {
  const env = readEnv();
  configureAccess(env);
  connectDatabase(env.databaseUrl);
  configureTokenSources(createTokenSource);
}
