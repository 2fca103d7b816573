import { createHash } from "node:crypto";
import { existsSync, globSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

/** Where a chunk says which map belongs to it: all in which two equal ones differ. */
const MAP_COMMENT = /\/\/# sourceMappingURL=.*\s*$/;
/** `R.c("server/chunks/…")`: an entry loads a chunk. */
const LOAD = /R\.c\("(server\/chunks\/[^"]+)"\)/g;

/**
 * The build writes the same code once for every API route under another name, and a process that answers several of them
 * keeps each copy: 40 routes, 0.9 MB each. Afterwards equal chunks are loaded under one name. Answers how many loads changed.
 *
 * @param buildFolder `.next`, just built
 */
export function shareEqualChunks(buildFolder: string): number {
  const server = path.join(buildFolder, "server");
  const first = new Map<string, string>();
  const shared = new Map<string, string>();
  for (const file of globSync("chunks/**/*.js", { cwd: server }).sort()) {
    const code = readFileSync(path.join(server, file), "utf8").replace(MAP_COMMENT, "");
    const key = `${path.dirname(file)} ${createHash("sha256").update(code).digest("hex")}`;
    const name = slashed(file);
    const earlier = first.get(key);
    if (earlier) shared.set(name, earlier);
    else first.set(key, name);
  }
  let changed = 0;
  for (const file of globSync("app/**/*.js", { cwd: server })) {
    const entry = path.join(server, file);
    const code = readFileSync(entry, "utf8");
    const renamed = code.replace(LOAD, (load, chunk: string) => {
      const earlier = shared.get(chunk.slice("server/".length));
      if (!earlier) return load;
      changed++;
      return `R.c("server/${earlier}")`;
    });
    if (renamed === code) continue;
    writeFileSync(entry, renamed);
    traceShared(entry, server, shared);
  }
  return changed;
}

/** What a deployment takes along for this entry (serverless functions are cut out by it): the shared chunk as well. */
function traceShared(entry: string, server: string, shared: Map<string, string>): void {
  const traceFile = `${entry}.nft.json`;
  if (!existsSync(traceFile)) return;
  const trace = JSON.parse(readFileSync(traceFile, "utf8")) as { files: string[] };
  const folder = path.dirname(entry);
  const added = trace.files.flatMap((file) => {
    const earlier = shared.get(slashed(path.relative(server, path.join(folder, file))));
    return earlier ? [slashed(path.relative(folder, path.join(server, earlier)))] : [];
  });
  writeFileSync(traceFile, JSON.stringify({ ...trace, files: [...new Set([...trace.files, ...added])] }));
}

function slashed(file: string): string {
  return file.split(path.sep).join("/");
}
