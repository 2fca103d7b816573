import { type ConfigFile, configFileSchema } from "@/lib/contracts/config-file";
import { findLine } from "./find-line";
import { findSyntaxError } from "./find-syntax-error";

/** What is wrong in a file, and on which line (1 = the first). */
export type FileFault = { line: number; path: string; message: string };
export type ReadConfig = { ok: true; file: ConfigFile; text: string } | { ok: false; faults: FileFault[] };

/** Reads a configuration file as a person edited it: JSON first, then what it may say. */
export function readConfig(text: string): ReadConfig {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { ok: false, faults: [{ line: findSyntaxError(text), path: "", message: "not_json" }] };
  }
  const parsed = configFileSchema.safeParse(value);
  if (parsed.success) return { ok: true, file: parsed.data, text };
  const faults = parsed.error.issues.flatMap((issue): FileFault[] => {
    const path = issue.path.map(String);
    if (issue.code !== "unrecognized_keys") return [faultAt(text, path, issue.code, issue.message)];
    return issue.keys.map((key) => faultAt(text, [...path, key], "unrecognized_keys", issue.message));
  });
  return { ok: false, faults };
}

/** `code` is worded in messages; what has no words of its own is told in the checker's. */
function faultAt(text: string, path: string[], code: string, words: string): FileFault {
  const own = ["unrecognized_keys", "invalid_value", "invalid_type", "too_big", "too_small"].includes(code);
  return { line: findLine(text, path), path: path.join("."), message: own ? code : words };
}
