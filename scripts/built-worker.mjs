import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
export const WORKER_FOLDER = path.join(root, ".next", "worker");
export const MANIFEST = path.join(WORKER_FOLDER, "made-from.json");

/**
 * @param {string[]} files relative to the repository
 * @returns {string | null} null when one is gone
 */
export function hashFiles(files) {
  const hash = createHash("sha256");
  for (const file of files) {
    const full = path.join(root, file);
    if (!existsSync(full)) return null;
    hash.update(file).update("\0").update(readFileSync(full)).update("\0");
  }
  return hash.digest("hex");
}

/**
 * The built worker, as long as it is made from the sources as they are now; what a changed source would import in
 * addition is told by the change itself.
 *
 * @returns {string | null} its URL
 */
export function findBuiltWorker() {
  if (!existsSync(MANIFEST)) return null;
  const { files, hash } = JSON.parse(readFileSync(MANIFEST, "utf8"));
  return hashFiles(files) === hash ? pathToFileURL(path.join(WORKER_FOLDER, "scripts", "worker.mjs")).href : null;
}
