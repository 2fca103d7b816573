import path from "node:path";
import { readDataDir } from "./data-dir";
import { readDemoState } from "./demo-state";
import { generatePrisma } from "./generate-prisma";
import * as stack from "./local-stack";
import { runSupervised } from "./supervisor";
import { waitForAnswer } from "./wait-for-answer";

const dataDir = path.join(readDataDir(), "dev");

await runSupervised(async ({ watch, watchLast }) => {
  const ports = await stack.claimPorts();
  const state = readDemoState(dataDir);
  const sandboxes = stack.startSandboxes(dataDir, ports);
  for (const part of sandboxes.parts) watch(part);
  const [postgres] = await Promise.all([
    stack.startDatabase(dataDir).then((started) => {
      watchLast({ name: "database", ...started });
      return started;
    }),
    generatePrisma(),
    sandboxes.ready,
  ]);
  const env = stack.describeEnvironment(ports, state, postgres.url);
  watch(stack.startApp(dataDir, env, "dev"));
  await waitForAnswer(`http://127.0.0.1:${ports.app}/api/health`);
  watch(stack.startWorker(dataDir, env));
  console.log(
    [
      `Kakehashi (development) ${env.KAKEHASHI_PUBLIC_URL}  ${state.adminEmail} / ${state.adminPassword}`,
      `HubSpot sandbox http://127.0.0.1:${ports.hubspot} · Salesforce sandbox http://127.0.0.1:${ports.salesforce}`,
      `DATABASE_URL=${postgres.url}`,
      `Logs in ${path.relative(process.cwd(), path.join(dataDir, "logs"))}; the sources reload on change, the worker does not.`,
    ].join("\n"),
  );
});
