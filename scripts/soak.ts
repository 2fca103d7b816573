import { spawn } from "node:child_process";
import { randomInt } from "node:crypto";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

/**
 * `npm run test:soak -- --seeds N --seed S`: plays N random histories, beginning with seed S, on a real database and both
 * sandboxes: edits, conversions, merges, deletes, an inclusion list, owners, events, activities, companies and deals, under
 * faults and crashes; ten seeds in a row play every kind. Every failure names the seed that replays it.
 */
const root = fileURLToPath(new URL("..", import.meta.url));
const { values } = parseArgs({ options: { seeds: { type: "string" }, seed: { type: "string" } } });

function readCount(name: "seeds" | "seed", fallback: number): number {
  const text = values[name];
  const count = text === undefined ? fallback : Number(text);
  if (!Number.isInteger(count) || count < 1 || count > 1_000_000_000) {
    process.stderr.write(`--${name} must be a whole number from 1 on, not "${text}".\n`);
    process.exit(2);
  }
  return count;
}

const seeds = readCount("seeds", 1_000);
const seed = readCount("seed", randomInt(1, 1_000_000));
process.stdout.write(
  `Playing ${seeds} histories from seed ${seed} on. One alone: npm run test:soak -- --seeds 1 --seed <seed>\n`,
);
const runner = path.join(root, "node_modules", "vitest", "vitest.mjs");
const child = spawn(
  process.execPath,
  [runner, "run", "--project", "integration", "lib/sync/history.integration.test.ts"],
  {
    cwd: root,
    env: { ...process.env, HISTORY_SEED: String(seed), HISTORY_SEEDS: String(seeds) },
    stdio: ["ignore", "inherit", "inherit"],
  },
);
child.once("exit", (code) => process.exit(code ?? 1));
