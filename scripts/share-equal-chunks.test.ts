import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { shareEqualChunks } from "./share-equal-chunks";

let folder: string;
const server = (...names: string[]) => path.join(folder, "server", ...names);

function write(file: string, text: string): void {
  mkdirSync(path.dirname(server(file)), { recursive: true });
  writeFileSync(server(file), text);
}

/** As the build writes them: an entry asks the runtime for its chunks, one of which every route has under its own name. */
function writeRoute(route: string, chunk: string): void {
  const entry = `app/api/${route}/route.js`;
  write(
    entry,
    `const R = { c: (name) => module.exports.push(require("../../../../" + name)) };\nmodule.exports = [];\nR.c("server/chunks/${chunk}")\nR.c("server/chunks/own-${route}.js")\n`,
  );
  write(`chunks/${chunk}`, `module.exports = { engine: true };\n\n//# sourceMappingURL=${chunk}.map`);
  write(`chunks/own-${route}.js`, `module.exports = "${route}";`);
  const files = [`../../../chunks/${chunk}`, `../../../chunks/own-${route}.js`];
  write(`${entry}.nft.json`, JSON.stringify({ version: 1, files }));
}

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "kakehashi-chunks-"));
  writeRoute("jobs", "root-a.js");
  writeRoute("runs", "root-b.js");
  writeRoute("users", "root-c.js");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("a process that answers several routes keeps their common code once", () => {
  expect(shareEqualChunks(folder)).toBe(2);
  const require = createRequire(import.meta.url);
  const [jobs, runs, users] = ["jobs", "runs", "users"].map(
    (route) => require(server("app/api", route, "route.js")) as [object, string],
  );
  expect(runs?.[0]).toBe(jobs?.[0]);
  expect(users?.[0]).toBe(jobs?.[0]);
  expect([jobs?.[1], runs?.[1], users?.[1]]).toEqual(["jobs", "runs", "users"]);
});

test("what is cut out for one route alone has all that it loads", () => {
  shareEqualChunks(folder);
  const trace = JSON.parse(readFileSync(server("app/api/runs/route.js.nft.json"), "utf8")) as { files: string[] };
  const alone = mkdtempSync(path.join(tmpdir(), "kakehashi-alone-"));
  try {
    for (const file of ["route.js", ...trace.files]) {
      const from = path.join(server("app/api/runs"), file);
      cpSync(from, path.join(alone, path.relative(folder, from)));
    }
    const require = createRequire(import.meta.url);
    expect(require(path.join(alone, "server/app/api/runs/route.js"))).toEqual([{ engine: true }, "runs"]);
  } finally {
    rmSync(alone, { recursive: true, force: true });
  }
});
