import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { runProgram } from "./run-program";

const root = fileURLToPath(new URL("..", import.meta.url));
const generated = path.join(root, "lib", "store", "generated");
const stampFile = path.join(generated, ".made-from");

/**
 * Writes the Prisma client into lib/store/generated when the schema or Prisma's version changed since the last time.
 * Returns whether it was written anew.
 *
 * @throws Error with Prisma's output when the schema is not valid.
 */
export async function generatePrisma(): Promise<boolean> {
  const wanted = describeSource();
  if (existsSync(stampFile) && readFileSync(stampFile, "utf8") === wanted) return false;
  const prisma = path.join(root, "node_modules", "prisma", "build", "index.js");
  const done = await runProgram(process.execPath, [prisma, "generate"], {
    cwd: root,
    env: {
      ...process.env,
      // Prisma downloads a schema engine before any command unless this names one. Generating never starts it, so any
      // program that exists will do; this keeps the installation working without reaching Prisma's servers.
      PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
      PRISMA_HIDE_UPDATE_MESSAGE: "1",
      CHECKPOINT_DISABLE: "1",
    },
  });
  if (done.code !== 0) throw new Error(`prisma generate failed (exit ${done.code}):\n${done.output}`);
  mkdirSync(generated, { recursive: true });
  writeFileSync(stampFile, wanted);
  return true;
}

function describeSource(): string {
  const require = createRequire(import.meta.url);
  const { version } = require("prisma/package.json") as { version: string };
  const schema = readFileSync(path.join(root, "prisma", "schema.prisma"));
  return `${version} ${createHash("sha256").update(schema).digest("hex")}`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    if (await generatePrisma()) console.log("Prisma client written to lib/store/generated.");
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    process.exit(1);
  }
}
