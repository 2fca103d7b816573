import { globSync } from "node:fs";
import { generatePrisma } from "./generate-prisma";
import { runProgram } from "./run-program";

type Check = { title: string; args: string[] };

const FOLDERS = ["app", "bench", "clients", "components", "e2e", "lib", "sandbox", "scripts"].filter(
  (folder) => globSync(`${folder}/**/*.{ts,tsx}`).length > 0,
);
const CHECKS: Check[] = [
  { title: "types", args: ["node_modules/typescript/bin/tsc", "--noEmit", "--project", "."] },
  { title: "format and lint", args: ["node_modules/@biomejs/biome/bin/biome", "ci", "--colors=off", "."] },
  { title: "import rules", args: ["node_modules/dependency-cruiser/bin/dependency-cruiser.mjs", ...FOLDERS] },
  { title: "unused code", args: ["node_modules/knip/bin/knip.js", "--no-progress"] },
  { title: "translations", args: ["--import", "tsx", "scripts/check-messages.ts"] },
  { title: "spec coverage", args: ["--import", "tsx", "scripts/spec-coverage.ts", "--check"] },
];

async function runCheck({ title, args }: Check): Promise<boolean> {
  const started = Date.now();
  const env = { ...process.env, NEXT_TELEMETRY_DISABLED: "1", NO_COLOR: "1", FORCE_COLOR: undefined };
  const done = await runProgram(process.execPath, args, { env });
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  console.log(`${done.code === 0 ? "ok  " : "FAIL"} ${title} (${seconds} s)`);
  if (done.code !== 0) console.log(done.output);
  return done.code === 0;
}

/** Two at a time: more only wait for each other on a small machine. */
async function runChecks(checks: Check[]): Promise<boolean> {
  const waiting = [...checks];
  let allGood = true;
  const work = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) allGood = (await runCheck(next)) && allGood;
  };
  await Promise.all([work(), work()]);
  return allGood;
}

try {
  // Types of the Prisma client, of routes and of imported styles are made, not kept: a fresh clone has none.
  await generatePrisma();
  const prepared = await runCheck({ title: "route types", args: ["node_modules/next/dist/bin/next", "typegen"] });
  process.exit((await runChecks(CHECKS)) && prepared ? 0 : 1);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(1);
}
