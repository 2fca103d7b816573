import { readFileSync } from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";

export type PageLoad = { page: string; bytes: number };

/** What a page may bring along before it can be used, in bytes of gzip: 200 KB. */
export const FIRST_LOAD_LIMIT = 200 * 1024;

/**
 * The scripts that each page's HTML names, in bytes after gzip, largest page first: Next's own, and those of the page and
 * the layouts around it. What a page imports later does not count. `buildDir` is the folder of a production build.
 *
 * @throws Error when there is no build, or when Next describes it in another way than it did.
 */
export function measureFirstLoad(buildDir: string): PageLoad[] {
  const shared = readJson(path.join(buildDir, "build-manifest.json")).rootMainFiles;
  const pages = readJson(path.join(buildDir, "server", "app-paths-manifest.json"));
  if (!isTextList(shared)) throw new Error("Next's build manifest no longer names rootMainFiles.");
  const sizes = new Map<string, number>();
  const sizeOf = (file: string) => {
    const size = sizes.get(file) ?? gzipSync(readFileSync(path.join(buildDir, file))).length;
    sizes.set(file, size);
    return size;
  };
  return Object.entries(pages)
    .filter(([page]) => page.endsWith("/page") && !page.startsWith("/_"))
    .map(([page, file]) => {
      const files = new Set([...shared, ...readEntryFiles(path.join(buildDir, "server", String(file)), page)]);
      return { page: tellPath(page), bytes: [...files].reduce((sum, one) => sum + sizeOf(one), 0) };
    })
    .sort((a, b) => b.bytes - a.bytes);
}

/** The manifest beside a page's program is itself a program that sets a global to JSON. */
function readEntryFiles(pageFile: string, page: string): string[] {
  const manifest = readFileSync(pageFile.replace(/\.js$/, "_client-reference-manifest.js"), "utf8");
  const json = manifest.slice(manifest.indexOf("] = ") + "] = ".length).replace(/;\s*$/, "");
  const { entryJSFiles } = JSON.parse(json) as { entryJSFiles?: Record<string, unknown> };
  const places = around(page).map((place) => `[project]/app${place}`);
  const lists = Object.entries(entryJSFiles ?? {}).filter(([place]) => places.includes(place));
  const files = lists.flatMap(([, list]) => (isTextList(list) ? list : []));
  if (files.length === 0) throw new Error(`Next's manifest names no script for ${page}.`);
  return files;
}

/** "/(app)/contacts/page" → the page and the layouts that may stand around it. */
function around(page: string): string[] {
  const folders = page.split("/").slice(0, -1);
  return [page, ...folders.map((_, depth) => `${folders.slice(0, depth + 1).join("/")}/layout`)];
}

/** As people type it: without the groups that Next leaves out of addresses. */
function tellPath(page: string): string {
  return page.replace(/\/\([^)]+\)/g, "").replace(/\/page$/, "") || "/";
}

function readJson(file: string): Record<string, unknown> {
  return JSON.parse(readFileSync(file, "utf8")) as Record<string, unknown>;
}

function isTextList(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}
