import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { hashFiles, MANIFEST, WORKER_FOLDER } from "./built-worker.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const ENTRY = "scripts/worker.ts";
/** `from "./x"`, `import "./x"`, `import("@/x")`: only what lies in this repository. */
const SPECIFIER = /(\bfrom\s*|\bimport\s*\(?\s*)(["'])((?:\.{1,2}|@)\/[^"']+)\2/g;

/**
 * Writes the worker and everything of ours that it imports as plain JavaScript below .next/worker, so that a running worker
 * keeps no compiler in memory (20 MB). Packages stay where they are. Node's own type stripping does it; nothing is checked.
 */
export function buildWorker(): void {
  rmSync(WORKER_FOLDER, { recursive: true, force: true });
  const files = new Set([ENTRY]);
  // A set goes on with what is added while it is walked.
  for (const file of files) for (const found of emit(file)) files.add(found);
  // What makes it is a source of it as well.
  const sorted = [...files, "scripts/build-worker.ts"].sort();
  writeFileSync(MANIFEST, JSON.stringify({ files: sorted, hash: hashFiles(sorted) }));
}

/** Emits one file; answers the files that it imports. */
function emit(file: string): string[] {
  const source = readFileSync(path.join(root, file), "utf8");
  const target = path.join(WORKER_FOLDER, outputOf(file));
  mkdirSync(path.dirname(target), { recursive: true });
  if (file.endsWith(".json")) {
    writeFileSync(target, `export default ${source};\n`);
    return [];
  }
  const imported: string[] = [];
  const code = stripTypes(source).replace(SPECIFIER, (whole: string, before: string, quote: string, name: string) => {
    const found = findFile(file, name);
    if (found === null) return whole;
    imported.push(found);
    const relative = path.posix.relative(path.posix.dirname(file), outputOf(found));
    return `${before}${quote}${relative.startsWith(".") ? relative : `./${relative}`}${quote}`;
  });
  writeFileSync(target, code);
  return imported;
}

/** Stripping leaves every line where it was; what only TypeScript knows (parameter properties) has to be rewritten. */
function stripTypes(source: string): string {
  try {
    return stripTypeScriptTypes(source);
  } catch {
    return stripTypeScriptTypes(source, { mode: "transform" });
  }
}

function findFile(from: string, name: string): string | null {
  const plain = name.startsWith("@/") ? name.slice(2) : path.posix.join(path.posix.dirname(from), name);
  const candidates = [plain, `${plain}.ts`, `${plain}.tsx`, `${plain}/index.ts`];
  return candidates.find((one) => /\.(ts|tsx|json)$/.test(one) && existsSync(path.join(root, one))) ?? null;
}

function outputOf(file: string): string {
  return file.replace(/\.(ts|tsx|json)$/, (extension) => (extension === ".json" ? ".json.mjs" : ".mjs"));
}
