import { globSync, readFileSync } from "node:fs";
import path from "node:path";
import { compareMessages, findUnusedKeys, type Messages } from "./compare-messages";

const LANGUAGES = ["en", "ja"] as const;
const SOURCES = ["app/**/*.{ts,tsx}", "components/**/*.{ts,tsx}", "lib/**/*.{ts,tsx}"];

/** Reads messages/<language>/<namespace>.json. */
function readMessages(language: string): Messages {
  const messages: Messages = new Map();
  const visit = (value: unknown, key: string) => {
    if (typeof value === "string") messages.set(key, value);
    else if (typeof value === "object" && value !== null && !Array.isArray(value)) {
      for (const [name, inner] of Object.entries(value)) visit(inner, `${key}.${name}`);
    } else throw new Error(`${key} in ${language} is neither a text nor a group of texts`);
  };
  for (const file of globSync(`messages/${language}/*.json`)) {
    visit(JSON.parse(readFileSync(file, "utf8")), path.basename(file, ".json"));
  }
  return messages;
}

const [en, ja] = [readMessages(LANGUAGES[0]), readMessages(LANGUAGES[1])];
const files = globSync(SOURCES).filter(
  (file) => !/\.test\.tsx?$/.test(file) && !file.startsWith("lib/store/generated"),
);
const unused = findUnusedKeys(
  en,
  files.map((file) => readFileSync(file, "utf8")),
);
const problems = [...compareMessages("en", en, "ja", ja), ...unused.map((key) => `${key} is used nowhere`)];
for (const problem of problems) console.error(problem);
console.log(`${en.size} messages in ${LANGUAGES.join(" and ")}: ${problems.length} problems`);
process.exit(problems.length > 0 ? 1 : 0);
