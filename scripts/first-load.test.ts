import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { measureFirstLoad } from "./first-load";

let build = "";
const write = (file: string, text: string) => {
  mkdirSync(path.dirname(path.join(build, file)), { recursive: true });
  writeFileSync(path.join(build, file), text);
};
/** Text that gzip cannot shorten to nothing. */
const noise = (bytes: number, seed: number) =>
  Array.from({ length: bytes }, (_, i) => String.fromCharCode(32 + (((i * 7919 + seed) * (i + 31)) % 95))).join("");

beforeEach(() => {
  build = mkdtempSync(path.join(tmpdir(), "first-load-"));
  write("build-manifest.json", JSON.stringify({ rootMainFiles: ["root.js"] }));
  write(
    "server/app-paths-manifest.json",
    JSON.stringify({ "/(app)/lists/page": "app/lists/page.js", "/api/x/route": "app/api.js" }),
  );
  const entryJSFiles = {
    "[project]/app/layout": ["layout.js"],
    "[project]/app/(app)/lists/page": ["layout.js", "page.js"],
    "[project]/app/not-found": ["elsewhere.js"],
  };
  write(
    "server/app/lists/page_client-reference-manifest.js",
    `globalThis.m["/x"] = ${JSON.stringify({ entryJSFiles })};`,
  );
  for (const [seed, file] of ["root.js", "layout.js", "page.js", "elsewhere.js"].entries())
    write(file, noise(1000, seed));
});
afterEach(() => rmSync(build, { recursive: true, force: true }));

describe("the first load of a page", () => {
  test("is Next's own scripts, the layouts' and the page's, each once", () => {
    const [lists, ...others] = measureFirstLoad(build);
    expect(others).toEqual([]);
    expect(lists?.page).toBe("/lists");
    const before = lists?.bytes ?? 0;
    write("elsewhere.js", "");
    expect(measureFirstLoad(build)[0]?.bytes).toBe(before);
    write("page.js", "");
    expect(measureFirstLoad(build)[0]?.bytes).toBeLessThan(before);
  });
  test("is refused rather than told too small when Next names no script", () => {
    write("server/app/lists/page_client-reference-manifest.js", 'globalThis.m["/x"] = {};');
    expect(() => measureFirstLoad(build)).toThrow("/(app)/lists/page");
  });
});
