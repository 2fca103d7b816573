import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { buildWorker } from "./build-worker";
import { findBuiltWorker } from "./built-worker.mjs";
import { WORKER_FLAGS } from "./memory-flags";

test("the built worker is as new as its sources, and loads all that it imports without a compiler", () => {
  buildWorker();
  const built = findBuiltWorker();
  expect(built).toMatch(/\.next\/worker\/scripts\/worker\.mjs$/);
  const launcher = fileURLToPath(new URL("start-worker.mjs", import.meta.url));
  // A port where nobody listens: it gets as far as looking for its database, and not before everything is loaded.
  const env = { ...process.env, DATABASE_URL: "postgresql://nobody@127.0.0.1:9/nothing" };
  const { stderr, status } = spawnSync(process.execPath, [...WORKER_FLAGS, launcher], { env, encoding: "utf8" });
  expect(stderr).toContain("The worker cannot start:");
  expect(stderr).not.toMatch(/Cannot find|SyntaxError|does not provide an export/);
  expect(status).toBe(1);
});
