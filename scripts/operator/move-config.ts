import { readFileSync, writeFileSync } from "node:fs";
import { createInterface } from "node:readline/promises";
import { writeAudit } from "@/lib/access/write-audit";
import { type ConfigFile, configFileSchema } from "@/lib/contracts/config-file";
import { settingsSchema } from "@/lib/contracts/settings";
import type { ConfigChange } from "@/lib/decide/diff-config";
import { applyConfig, exportConfig, previewConfig } from "@/lib/sync/config-file";
import { readCurrentConnectionId } from "@/lib/sync/current-connection";
import { OperatorError } from "./operator-error";

/** `kakehashi config export [file]`: settings and mappings as one file (spec X5); without a name to the console. */
export async function exportToFile(file: string | undefined): Promise<void> {
  const names = Object.keys(settingsSchema.shape) as (keyof ConfigFile["settings"])[];
  const config = await exportConfig(await readCurrentConnectionId(), names);
  const text = `${JSON.stringify(config, null, 2)}\n`;
  if (file === undefined) process.stdout.write(text);
  else {
    writeFileSync(file, text);
    console.log(`Written: ${file}`);
  }
}

/**
 * `kakehashi config import <file>`: shows what would change, asks, applies. `yes` asks nothing, `dry` applies nothing.
 * @throws OperatorError for a file that cannot be applied, or that was applied in part.
 */
export async function importFromFile(file: string, by: string, mode: { yes: boolean; dry: boolean }): Promise<void> {
  const config = readConfig(file);
  const connectionId = await readCurrentConnectionId();
  const { changes, skipped, problems } = await previewConfig(connectionId, config);
  for (const name of skipped) console.log(`! settings.${name} is left out: its ids belong to another portal or org`);
  for (const change of changes) printChange(change);
  if (problems.length > 0) {
    throw new OperatorError(
      [
        "Nothing was changed. These do not fit:",
        ...problems.map(({ path, message }) => indent(`${path}: ${message}`)),
      ].join("\n"),
    );
  }
  if (changes.length === 0) return console.log("Nothing differs.");
  if (mode.dry) return;
  if (!mode.yes && !(await agree(`Apply ${changes.length} changes?`))) return console.log("Nothing was changed.");
  const failed = await applyConfig(connectionId, config, by);
  await writeAudit(by, "settings_changed", connectionId, { from: "config import", changes });
  if (failed.length > 0) throw new OperatorError(["Not applied:", ...failed.map(indent)].join("\n"));
  console.log(`${changes.length} changes applied.`);
}

function readConfig(file: string): ConfigFile {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    throw new OperatorError(`The file ${file} cannot be read.`);
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new OperatorError(`${file} is not valid JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  const parsed = configFileSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map((issue) => indent(`${issue.path.join(".") || "file"}: ${issue.message}`));
  throw new OperatorError([`${file} is not a configuration of Kakehashi:`, ...issues].join("\n"));
}

function printChange({ path, before, after }: ConfigChange): void {
  if (before === undefined) console.log(`+ ${path}: ${show(after)}`);
  else if (after === undefined) console.log(`- ${path}: ${show(before)}`);
  else console.log(`~ ${path}: ${show(before)} → ${show(after)}`);
}

const show = (value: unknown): string => JSON.stringify(value);
const indent = (line: string): string => `  ${line}`;

async function agree(question: string): Promise<boolean> {
  if (!process.stdin.isTTY)
    throw new OperatorError("Nobody can be asked here: add --yes to apply, or --dry-run to look.");
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return /^y(es)?$/i.test((await terminal.question(`${question} [y/N] `)).trim());
  } finally {
    terminal.close();
  }
}
