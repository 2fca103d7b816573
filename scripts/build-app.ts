import { createHash } from "node:crypto";
import { existsSync, globSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { buildWorker } from "./build-worker";
import { findBuiltWorker } from "./built-worker.mjs";
import { generatePrisma } from "./generate-prisma";
import { runProgram } from "./run-program";
import { shareEqualChunks } from "./share-equal-chunks";

const root = fileURLToPath(new URL("..", import.meta.url));
const stampFile = path.join(root, ".next", "made-from");
const SOURCES = [
  "app/**",
  "components/**",
  "lib/**",
  "messages/**",
  "public/**",
  "*.{ts,mjs,json}",
  "prisma/schema.prisma",
];

/**
 * Builds the app for production when a source, a message or a package changed since the last build, and the worker along.
 * Returns whether it was built anew.
 *
 * @throws Error with Next's output when the build fails.
 */
export async function buildApp(): Promise<boolean> {
  await generatePrisma();
  const wanted = hashSources();
  if (existsSync(stampFile) && readFileSync(stampFile, "utf8") === wanted) {
    if (findBuiltWorker() === null) buildWorker();
    return false;
  }
  rmSync(stampFile, { force: true });
  const next = path.join(root, "node_modules", "next", "dist", "bin", "next");
  const done = await runProgram(process.execPath, [next, "build"], {
    cwd: root,
    env: { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
  });
  if (done.code !== 0) throw new Error(`The app could not be built:\n${done.output}`);
  shareEqualChunks(path.join(root, ".next"));
  buildWorker();
  writeFileSync(stampFile, wanted);
  return true;
}

function hashSources(): string {
  const hash = createHash("sha256").update(process.version);
  const skip = ["next-env.d.ts", "tsconfig.tsbuildinfo"];
  const files = globSync(SOURCES, { cwd: root }).filter((file) => !skip.includes(file) && !/\.test\.tsx?$/.test(file));
  for (const file of files.sort()) {
    const full = path.join(root, file);
    if (statSync(full).isFile()) hash.update(file).update("\0").update(readFileSync(full)).update("\0");
  }
  return hash.digest("hex");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    console.log((await buildApp()) ? "Built." : "Nothing changed since the last build.");
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    process.exit(1);
  }
}
