import { decodeEntities } from "./html-entities";

const SILENT = new Set(["script", "style", "title", "template"]);
const BLOCKS = new Set(
  "address article aside blockquote body center dd div dl dt fieldset figure footer form h1 h2 h3 h4 h5 h6 header hr html li main nav ol p pre section table tbody tfoot thead tr ul".split(
    " ",
  ),
);
const SPACED = new Set(["h1", "h2", "h3", "h4", "h5", "h6", "p", "table"]);

type Writer = {
  text: string;
  /** Kept aside: looking at the end of a growing text would copy it every time */
  isAfterSpace: boolean;
  /** Line breaks to put before the next text */
  breaks: number;
  lists: { ordered: boolean; count: number }[];
  links: { href: string; from: number }[];
  preformatted: number;
};

/**
 * What a person reads in a piece of HTML: lines for blocks, "- " and "1. " for lists, links as "text (address)", the
 * words of an image. Scripts, styles and comments leave nothing. Text without a tag keeps its own line breaks. Linear in
 * the length of the input, whatever the input (a note may be 65,536 characters of broken HTML).
 */
export function htmlToPlainText(html: string): string {
  if (!looksLikeHtml(html)) return tidyText(decodeEntities(html).replaceAll("\u00a0", " "));
  const writer: Writer = { text: "", isAfterSpace: true, breaks: 0, lists: [], links: [], preformatted: 0 };
  let quotesHold = true;
  let at = 0;
  while (at < html.length) {
    const open = html.indexOf("<", at);
    writeText(writer, html.slice(at, open === -1 ? html.length : open));
    if (open === -1) break;
    if (html.startsWith("<!--", open)) {
      at = after(html.indexOf("-->", open + 4), 3, html);
      continue;
    }
    const inQuotes: number = quotesHold ? endOfTag(html, open) : -1;
    // A quote that never ends would hide the rest of the text and cost a walk to the end for every tag.
    if (inQuotes === -1) quotesHold = false;
    const close = /[a-z/!?]/i.test(html[open + 1] ?? "") ? (inQuotes === -1 ? html.indexOf(">", open) : inQuotes) : -1;
    if (close === -1) {
      writeText(writer, "<");
      at = open + 1;
      continue;
    }
    at = writeTag(writer, html.slice(open + 1, close), html, close + 1);
  }
  while (writer.links.length > 0) endLink(writer);
  return tidyText(writer.text);
}

/** HTML that shows the text as it is, line breaks and indents included; `htmlToPlainText` gives the text back. */
export function plainTextToHtml(text: string): string {
  const escapeLine = (line: string) =>
    line
      .replaceAll("&", "&amp;")
      .replaceAll("<", "&lt;")
      .replaceAll(">", "&gt;")
      .replaceAll('"', "&quot;")
      .replace(/^ | (?= )/g, "&nbsp;");
  return tidyText(text).split("\n").map(escapeLine).join("<br>");
}

/** Unix line ends, no trailing spaces, no blank lines around, none of the characters that Salesforce refuses. */
export function tidyText(text: string): string {
  const clean = text
    .toWellFormed()
    .replaceAll(/\r\n?/g, "\n")
    // Control characters are refused (JSON_PARSER_ERROR) or lost; soft hyphens and zero-width spaces only pad emails.
    .replaceAll(/\p{Cc}|\p{Noncharacter_Code_Point}|\u00ad|\u034f|\u200b|\u2060|\ufeff/gu, (character) =>
      character === "\n" || character === "\t" ? character : "",
    );
  const lines = clean.split("\n").map((line) => line.trimEnd());
  const first = lines.findIndex((line) => line !== "");
  const last = lines.findLastIndex((line) => line !== "");
  return first === -1 ? "" : lines.slice(first, last + 1).join("\n");
}

/** At most `max` characters; a longer text ends with `mark`. Salesforce stores a line break as two characters. */
export function cutText(text: string, max: number, mark = "…"): string {
  if (sizeOf(text) <= max) return text;
  const room = max - sizeOf(mark);
  let size = 0;
  let kept = "";
  for (const character of text) {
    size += sizeOf(character);
    if (size > room) break;
    kept += character;
  }
  return kept.trimEnd() + mark;
}

function sizeOf(text: string): number {
  return text.length + (text.length > 0 ? text.split("\n").length - 1 : 0);
}

function looksLikeHtml(text: string): boolean {
  const tag = text.search(/<[/!a-z]/i);
  return tag !== -1 && text.lastIndexOf(">") > tag;
}

function after(index: number, length: number, html: string): number {
  return index === -1 ? html.length : index + length;
}

/** The ">" that ends the tag, quoted ones left out; -1 when there is none. */
function endOfTag(html: string, open: number): number {
  let quote = "";
  for (let at = open + 1; at < html.length; at++) {
    const character = html[at] ?? "";
    if (quote !== "") quote = character === quote ? "" : quote;
    else if (character === ">") return at;
    else if ((character === '"' || character === "'") && html[at - 1] === "=") quote = character;
  }
  return -1;
}

/** Where reading goes on: after the tag, or after the whole element when nothing of it is read. */
function writeTag(writer: Writer, tag: string, html: string, next: number): number {
  const [, slash, rawName = ""] = /^(\/?)([a-z][a-z0-9]*)/i.exec(tag) ?? [];
  const name = rawName.toLowerCase();
  const isEnd = slash === "/";
  if (SILENT.has(name) && !isEnd) return endOfSilent(html, name, next);
  if (name === "br") writer.breaks += 1;
  else if (name === "a") isEnd ? endLink(writer) : startLink(writer, tag);
  else if (name === "img") writeText(writer, attributeOf(tag, "alt"));
  else if ((name === "td" || name === "th") && !isEnd) writeText(writer, " ");
  if (BLOCKS.has(name)) breakLine(writer, SPACED.has(name) && !/margin:\s*0/i.test(tag) ? 2 : 1, name, isEnd);
  if (name === "pre") writer.preformatted = Math.max(0, writer.preformatted + (isEnd ? -1 : 1));
  return next;
}

function endOfSilent(html: string, name: string, from: number): number {
  const end = new RegExp(`</${name}[^>]{0,100}>?`, "gi");
  end.lastIndex = from;
  return end.exec(html) === null ? html.length : end.lastIndex;
}

function breakLine(writer: Writer, lines: number, name: string, isEnd: boolean): void {
  // The blank line stands before a paragraph's first words; HubSpot's editor closes each of its lines with </p>.
  writer.breaks = Math.max(writer.breaks, isEnd ? 1 : lines);
  if (name === "ul" || name === "ol") {
    if (isEnd) writer.lists.pop();
    else writer.lists.push({ ordered: name === "ol", count: 0 });
  }
  if (name !== "li" || isEnd) return;
  const list = writer.lists.at(-1) ?? { ordered: false, count: 0 };
  list.count += 1;
  const indent = "\u00a0\u00a0".repeat(Math.min(Math.max(0, writer.lists.length - 1), 10));
  append(writer, `${indent}${list.ordered ? `${list.count}.` : "-"}\u00a0`);
}

function writeText(writer: Writer, raw: string): void {
  if (raw === "") return;
  if (writer.preformatted > 0) {
    append(writer, decodeEntities(raw));
    return;
  }
  const joined = raw.replaceAll(/[ \t\r\n\f]+/g, " ");
  const isAfterSpace = writer.breaks > 0 || writer.isAfterSpace;
  const text = isAfterSpace && joined.startsWith(" ") ? joined.slice(1) : joined;
  if (text !== "") append(writer, decodeEntities(text));
}

function append(writer: Writer, text: string): void {
  if (writer.text !== "") writer.text += "\n".repeat(writer.breaks);
  writer.breaks = 0;
  writer.text += text.replaceAll("\u00a0", " ");
  writer.isAfterSpace = /[ \n\u00a0]/.test(text.at(-1) ?? "");
}

function startLink(writer: Writer, tag: string): void {
  writer.links.push({ href: attributeOf(tag, "href").trim(), from: writer.text.length });
}

/** The address stands behind the words of the link, unless it says the same or is none that a person can follow. */
function endLink(writer: Writer): void {
  const link = writer.links.pop();
  if (!link || !/^(https?:|mailto:|tel:)/i.test(link.href)) return;
  const address = link.href.replace(/^(mailto|tel):/i, "");
  const words = writer.text.slice(link.from).trim();
  if (words === "") append(writer, address);
  else if (plainAddress(words) !== plainAddress(address)) append(writer, ` (${address})`);
}

function plainAddress(text: string): string {
  return text
    .replace(/^https?:\/\//i, "")
    .replace(/\/$/, "")
    .toLowerCase();
}

function attributeOf(tag: string, name: string): string {
  const found = new RegExp(`\\s${name}=(?:"([^"]*)"|'([^']*)'|([^\\s"'>]+))`, "i").exec(tag);
  return decodeEntities(found?.[1] ?? found?.[2] ?? found?.[3] ?? "");
}
