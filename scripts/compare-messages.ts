import { readPlaceholders } from "./message-placeholders";

/** Messages by full key ("contacts.empty.title"). */
export type Messages = Map<string, string>;

/** What is wrong between two languages, one line each: missing keys, empty texts, differing placeholders. */
export function compareMessages(first: string, a: Messages, second: string, b: Messages): string[] {
  const problems: string[] = [];
  for (const key of a.keys()) if (!b.has(key)) problems.push(`${key} is missing in ${second}`);
  for (const key of b.keys()) if (!a.has(key)) problems.push(`${key} is missing in ${first}`);
  for (const [language, messages] of [
    [first, a],
    [second, b],
  ] as const) {
    for (const [key, text] of messages) if (text.trim() === "") problems.push(`${key} is empty in ${language}`);
  }
  for (const [key, text] of a) {
    const other = b.get(key);
    if (other !== undefined) problems.push(...comparePlaceholders(key, first, text, second, other));
  }
  return problems;
}

function comparePlaceholders(key: string, first: string, a: string, second: string, b: string): string[] {
  const problems: string[] = [];
  const read = (language: string, text: string) => {
    try {
      return namePlaceholders(text);
    } catch (error) {
      problems.push(`${key} cannot be read in ${language}: ${error instanceof Error ? error.message : String(error)}`);
      return undefined;
    }
  };
  const [inA, inB] = [read(first, a), read(second, b)];
  if (inA !== undefined && inB !== undefined && inA !== inB) {
    problems.push(`${key} takes [${inA}] in ${first} but [${inB}] in ${second}`);
  }
  return problems;
}

/** Whether a number is written as a plural is a matter of the language: Japanese has none. */
function namePlaceholders(text: string): string {
  const names = readPlaceholders(text).map((placeholder) => placeholder.replace(/:(plural|selectordinal|number)$/, ""));
  return [...new Set(names)].sort().join(" ");
}

/**
 * The keys that no source can mean. A key counts as used when the sources hold, as a string, the key, a tail of it (the
 * head is the namespace that was asked for; the last part alone is a name that comes from data: `t(place.key)`), or a
 * template with the tail's fixed parts (`t(\`themes.${name}\`)`); and its namespace must be asked for.
 */
export function findUnusedKeys(messages: Messages, sources: string[]): string[] {
  const all = sources.join("\n");
  const literals = new Set([...all.matchAll(/["'`]([\w.-]+)["'`]/g)].map(([, literal]) => literal));
  // Object keys are strings without quotes.
  for (const [, name] of all.matchAll(/\b([A-Za-z_]\w*)\s*:/g)) literals.add(name);
  const templates = [...all.matchAll(/`((?:[\w.-]|\$\{[^}]*\})+)`/g)].flatMap(([, text]) => toPattern(text ?? ""));
  return [...messages.keys()].filter((key) => {
    const [namespace = "", ...rest] = key.split(".");
    if (!literals.has(namespace)) return true;
    const tails = [key, ...rest.map((_, index) => rest.slice(index).join("."))];
    return !tails.some((tail) => literals.has(tail) || templates.some((pattern) => pattern.test(tail)));
  });
}

/** A template as a pattern; none when it has no fixed part, for it would match every key. */
function toPattern(template: string): RegExp[] {
  const fixed = template.split(/\$\{[^}]*\}/);
  if (fixed.length < 2 || !fixed.some((part) => /\w/.test(part))) return [];
  const escaped = fixed.map((part) => part.replace(/[.-]/g, "\\$&"));
  return [new RegExp(`^${escaped.join("[\\w.-]+")}$`)];
}
