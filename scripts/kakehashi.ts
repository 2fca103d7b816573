import { userInfo } from "node:os";
import { parseArgs } from "node:util";
import { OperatorError } from "./operator/operator-error";

const USAGE = `Usage: npm run kakehashi -- <command>

  status [--json]                       the connection, its records, its errors, its calls
  sync                                  check both systems and work until nothing is due
  explain <id or e-mail> [--json]       why a record is (not) syncing: HubSpot id, Salesforce id or address
  config export [file]                  settings and mappings as one JSON file
  config import <file> [--yes|--dry-run]  show what would change, ask, apply
  rotate-keys                           encrypt all tokens with the first key of KAKEHASHI_ENCRYPTION_KEYS`;

type Flags = { json: boolean; yes: boolean; dryRun: boolean };

/**
 * What a command line means; undefined = nothing that we know. Each command loads only what it needs: the clients of
 * both CRMs alone take a second.
 */
function chooseCommand(words: string[], flags: Flags, by: string): (() => Promise<void>) | undefined {
  const [command, first, second, ...more] = words;
  if (more.length > 0) return undefined;
  const isAlone = first === undefined;
  if (command === "status" && isAlone)
    return async () => (await import("./operator/show-status")).showStatus(flags.json);
  if (command === "sync" && isAlone) return async () => (await import("./operator/sync-now")).syncNow(by);
  if (command === "rotate-keys" && isAlone) return async () => (await import("./operator/rotate")).rotate(by);
  if (command === "explain" && first !== undefined && second === undefined) {
    return async () => (await import("./operator/explain-record")).explainRecord(first, flags.json);
  }
  if (command !== "config") return undefined;
  if (first === "export") return async () => (await import("./operator/move-config")).exportToFile(second);
  if (first !== "import" || second === undefined) return undefined;
  const mode = { yes: flags.yes, dry: flags.dryRun };
  return async () => (await import("./operator/move-config")).importFromFile(second, by, mode);
}

function readArguments(): { words: string[]; flags: Flags; help: boolean } {
  const options = {
    json: { type: "boolean", default: false },
    yes: { type: "boolean", default: false },
    "dry-run": { type: "boolean", default: false },
    help: { type: "boolean", short: "h", default: false },
  } as const;
  try {
    const { values, positionals } = parseArgs({ options, allowPositionals: true });
    const flags = { json: values.json, yes: values.yes, dryRun: values["dry-run"] };
    return { words: positionals, flags, help: values.help };
  } catch (error) {
    throw new OperatorError(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
  }
}

async function main(): Promise<void> {
  const { words, flags, help } = readArguments();
  if (help || words.length === 0) return console.log(USAGE);
  const command = chooseCommand(words, flags, `command line (${userInfo().username})`);
  if (!command) throw new OperatorError(`There is no command "${words.join(" ")}".\n\n${USAGE}`);
  const { begin, end } = await import("./operator/begin");
  await begin();
  try {
    await command();
  } finally {
    await end();
  }
}

main().catch((error: unknown) => {
  // A stack is for us; whoever can cure it is told what to do.
  const text = error instanceof OperatorError ? error.message : error instanceof Error ? error.stack : String(error);
  process.stderr.write(`${text}\n`);
  process.exitCode = 1;
});
