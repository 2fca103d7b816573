import path from "node:path";

/** Absolute path of the folder that holds everything a run leaves behind: `KAKEHASHI_DATA_DIR`, else `.data`. */
export function readDataDir(): string {
  return path.resolve(process.env.KAKEHASHI_DATA_DIR || ".data");
}
