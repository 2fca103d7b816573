import { globSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { SPEC_SECTIONS } from "./spec-codes";
import { listCodes, listTestTitles } from "./spec-titles";

const root = fileURLToPath(new URL("..", import.meta.url));
const DOCUMENT = path.join(root, "docs", "spec-coverage.md");
const SOURCES = ["{app,bench,components,lib,sandbox,scripts}/**/*.test.{ts,tsx}", "e2e/**/*.spec.ts"];

type Citation = { file: string; title: string };

/** Which tests cite each code. Sandbox tests speak of the vendors, not of the product, and prove nothing here. */
function readCitations(): Map<string, Citation[]> {
  const found = new Map<string, Citation[]>();
  const files = SOURCES.flatMap((pattern) => globSync(pattern, { cwd: root }))
    .filter((file) => !file.startsWith("sandbox"))
    .map((file) => file.split(path.sep).join("/"))
    .toSorted();
  for (const file of files) {
    for (const title of new Set(listTestTitles(readFileSync(path.join(root, file), "utf8")))) {
      for (const code of listCodes(title)) found.set(code, [...(found.get(code) ?? []), { file, title }]);
    }
  }
  return found;
}

function writeDocument(citations: Map<string, Citation[]>): string {
  const lines = [
    "# Which test proves what",
    "",
    "Made by `node --import tsx scripts/spec-coverage.ts` from the titles of the tests; not edited by hand.",
  ];
  for (const { title, codes } of SPEC_SECTIONS) {
    lines.push("", `## ${title}`);
    for (const [code, words] of Object.entries(codes)) {
      lines.push("", `### ${code} · ${words}`, "");
      const cited = citations.get(code) ?? [];
      if (cited.length === 0) lines.push("No test yet.");
      for (const one of cited) lines.push(`- \`${one.file}\`: ${escapeMarkdown(one.title)}`);
    }
  }
  return `${lines.join("\n")}\n`;
}

function escapeMarkdown(title: string): string {
  return title
    .replace(/\s+/g, " ")
    .trim()
    .replace(/[\\`*_<>[\]|#~]/g, "\\$&");
}

function readDocument(): string {
  try {
    return readFileSync(DOCUMENT, "utf8");
  } catch {
    return "";
  }
}

const { values } = parseArgs({ options: { check: { type: "boolean" } } });
const citations = readCitations();
const codes = SPEC_SECTIONS.flatMap((section) => Object.keys(section.codes));
const open = codes.filter((code) => !citations.has(code));
const text = writeDocument(citations);
if (values.check) {
  const isStale = readDocument() !== text;
  if (isStale) console.log("docs/spec-coverage.md is stale. Make it with: node --import tsx scripts/spec-coverage.ts");
  if (open.length > 0) console.log(`No test cites: ${open.join(", ")}`);
  if (isStale || open.length > 0) process.exit(1);
} else {
  writeFileSync(DOCUMENT, text);
}
console.log(`${codes.length - open.length} of ${codes.length} codes are cited by tests`);
