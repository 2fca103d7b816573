import { rmSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { buildApp } from "./build-app";
import { connectDemo, runFirstSync } from "./connect-demo";
import { readDataDir } from "./data-dir";
import { type DemoState, readDemoState } from "./demo-state";
import * as stack from "./local-stack";
import { runSupervised } from "./supervisor";
import { waitForAnswer } from "./wait-for-answer";

const { values: flags } = parseArgs({ options: { fresh: { type: "boolean" }, empty: { type: "boolean" } } });
const dataDir = path.join(readDataDir(), "demo");

await runSupervised(async ({ watch, watchLast }) => {
  const ports = await stack.claimPorts();
  if (flags.fresh) rmSync(dataDir, { recursive: true, force: true });
  const state = readDemoState(dataDir);

  say("Starting the database and both sandboxes, building the app …");
  const sandboxes = stack.startSandboxes(dataDir, ports);
  for (const part of sandboxes.parts) watch(part);
  const [postgres] = await Promise.all([
    stack.startDatabase(dataDir).then((started) => {
      watchLast({ name: "database", ...started });
      return started;
    }),
    buildApp(),
    sandboxes.ready,
  ]);

  const env = stack.describeEnvironment(ports, state, postgres.url);
  watch(stack.startApp(dataDir, env, "start"));
  await waitForAnswer(`http://127.0.0.1:${ports.app}/api/ready`);
  const url = env.KAKEHASHI_PUBLIC_URL ?? "";
  if (!flags.empty) await connectAndSync(url, state);
  // Last, so that the sums of the first sync above are not shared between two.
  watch(stack.startWorker(dataDir, env));
  printReady(url, ports, state);
});

async function connectAndSync(url: string, state: DemoState): Promise<void> {
  say("Connecting HubSpot and Salesforce …");
  await connectDemo({ url, state });
  say("First sync …");
  const done = await runFirstSync({ url, state });
  say(`${done.synced} synced, ${done.failed} failed, ${done.excluded} excluded`);
}

function printReady(url: string, ports: stack.StackPorts, state: DemoState): void {
  const lines = [
    "",
    "Kakehashi is ready",
    "",
    `  App         ${url}`,
    `  HubSpot     http://127.0.0.1:${ports.hubspot}   (sandbox)`,
    `  Salesforce  http://127.0.0.1:${ports.salesforce}   (sandbox)`,
    "",
    `  Email       ${state.adminEmail}`,
    `  Password    ${state.adminPassword}`,
    `  API key     ${state.apiKey}`,
    "",
    `  Logs        ${path.relative(process.cwd(), path.join(dataDir, "logs"))}`,
    "  Ctrl-C stops everything. Everything is kept for the next start; --fresh starts over.",
  ];
  console.log(lines.join("\n"));
}

function say(line: string): void {
  console.log(line);
}
