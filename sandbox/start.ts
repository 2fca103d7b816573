import { join } from "node:path";
import { z } from "zod";
import type { Sandbox, SandboxOptions } from "./shared/serve";

type Start = (options: SandboxOptions) => Promise<Sandbox>;

/** Each server is loaded only when it is the one asked for. */
const SANDBOXES: Record<string, { title: string; portSetting: string; defaultPort: number; load(): Promise<Start> }> = {
  hubspot: {
    title: "HubSpot sandbox",
    portSetting: "HUBSPOT_SANDBOX_PORT",
    defaultPort: 3100,
    load: async () => (await import("./hubspot/server")).startHubSpotSandbox,
  },
  salesforce: {
    title: "Salesforce sandbox",
    portSetting: "SALESFORCE_SANDBOX_PORT",
    defaultPort: 3200,
    load: async () => (await import("./salesforce/server")).startSalesforceSandbox,
  },
};

class StartError extends Error {}

/** A whole number from the environment. Throws StartError for anything else. */
function readNumber(name: string, fallback: number, schema: z.ZodNumber): number {
  const given = process.env[name];
  if (given === undefined || given === "") return fallback;
  const parsed = schema.safeParse(Number(given));
  if (!parsed.success) throw new StartError(`${name}="${given}" is not usable: ${parsed.error.issues[0]?.message}`);
  return parsed.data;
}

/** Names the usual reasons why a server does not start; other errors keep their own words. */
function explain(error: unknown, title: string, port: number, portSetting: string): string {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === "EADDRINUSE") return `port ${port} is taken; set ${portSetting} to a free one`;
  if (code === "EACCES") return `port ${port} may not be opened; set ${portSetting} to one above 1023`;
  return `${title} did not start: ${error instanceof Error ? error.message : String(error)}`;
}

async function run(name: string | undefined): Promise<void> {
  const wanted = name === undefined || !Object.hasOwn(SANDBOXES, name) ? undefined : SANDBOXES[name];
  if (!wanted) throw new StartError(`usage: tsx sandbox/start.ts ${Object.keys(SANDBOXES).join("|")}`);
  const port = readNumber(wanted.portSetting, wanted.defaultPort, z.number().int().min(0).max(65_535));
  const contacts = readNumber("DEMO_CONTACTS", 300, z.number().int().nonnegative());
  const seed = readNumber("DEMO_SEED", 1, z.number().int());
  const snapshotFile = join(process.env.KAKEHASHI_DATA_DIR || ".data", "sandbox", `${name}.jsonl.gz`);
  let sandbox: Sandbox;
  try {
    const start = await wanted.load();
    sandbox = await start({ port, seed, contacts, snapshotFile });
  } catch (error) {
    throw new StartError(explain(error, wanted.title, port, wanted.portSetting));
  }
  let isStopping = false;
  const stop = async () => {
    if (isStopping) return;
    isStopping = true;
    try {
      await sandbox.stop();
      process.exit(0);
    } catch (error) {
      console.error(`${wanted.title}: the state could not be saved: ${(error as Error).message}`);
      process.exit(1);
    }
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
  console.log(`${wanted.title} listening on ${sandbox.url}`);
}

try {
  await run(process.argv[2]);
} catch (error) {
  if (!(error instanceof StartError)) throw error;
  console.error(error.message);
  process.exit(1);
}
