import { escapeHtml } from "../shared/html";

/** An element without its namespace prefix; `text` is what stands directly in it. */
export type XmlNode = { name: string; attributes: Record<string, string>; children: XmlNode[]; text: string };

const ENTITIES: Record<string, string> = { lt: "<", gt: ">", quot: '"', apos: "'", amp: "&" };

function decode(text: string): string {
  return text.replace(/&(#x?[0-9a-f]+|\w+);/gi, (all, name: string) => {
    if (name.startsWith("#x")) return String.fromCodePoint(Number.parseInt(name.slice(2), 16));
    if (name.startsWith("#")) return String.fromCodePoint(Number(name.slice(1)));
    return ENTITIES[name] ?? all;
  });
}

function readAttributes(source: string): Record<string, string> {
  const attributes: Record<string, string> = {};
  for (const [, name = "", a, b] of source.matchAll(/([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g))
    attributes[name.replace(/^.*:/, "")] = decode(a ?? b ?? "");
  return attributes;
}

/** Parses the XML that SOAP clients send: elements, attributes, text, CDATA; comments and instructions are passed over. */
export function parseXml(source: string): XmlNode {
  const root: XmlNode = { name: "", attributes: {}, children: [], text: "" };
  const open: XmlNode[] = [root];
  const token =
    /<!\[CDATA\[([\s\S]*?)\]\]>|<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<\/([\w:.-]+)\s*>|<([\w:.-]+)((?:"[^"]*"|'[^']*'|[^>"'])*?)(\/?)>|([^<]+)/g;
  for (const [, cdata, close, name, attributes = "", empty, text] of source.matchAll(token)) {
    const parent = open.at(-1) ?? root;
    if (cdata !== undefined) parent.text += cdata;
    else if (text !== undefined) parent.text += decode(text);
    else if (close !== undefined) {
      if (open.length > 1) open.pop();
    } else if (name !== undefined) {
      const node: XmlNode = {
        name: name.replace(/^.*:/, ""),
        attributes: readAttributes(attributes),
        children: [],
        text: "",
      };
      parent.children.push(node);
      if (!empty) open.push(node);
    }
  }
  return root;
}

/** The first element of this name at any depth. */
export function findNode(node: XmlNode, name: string): XmlNode | undefined {
  for (const child of node.children) {
    const found = child.name === name ? child : findNode(child, name);
    if (found) return found;
  }
  return undefined;
}

/** The text of a direct child; undefined when it is missing or nil. */
export function readChild(node: XmlNode, name: string): string | undefined {
  const child = node.children.find((known) => known.name === name);
  return child === undefined || child.attributes.nil === "true" ? undefined : child.text.trim();
}

export function listChildren(node: XmlNode, name: string): XmlNode[] {
  return node.children.filter((child) => child.name === name);
}

export type XmlValue = string | number | boolean | null | undefined | XmlValue[] | { [name: string]: XmlValue };

/** Writes an element: lists repeat it, objects nest, null is `xsi:nil`, undefined is left out. */
export function writeXml(name: string, value: XmlValue): string {
  if (value === undefined) return "";
  if (value === null) return `<${name} xsi:nil="true"/>`;
  if (Array.isArray(value)) return value.map((item) => writeXml(name, item)).join("");
  if (typeof value !== "object") return `<${name}>${escapeHtml(String(value))}</${name}>`;
  const { "@type": type, ...rest } = value;
  const inner = Object.entries(rest)
    .map(([key, item]) => writeXml(key, item))
    .join("");
  return `<${name}${typeof type === "string" ? ` xsi:type="${type}"` : ""}>${inner}</${name}>`;
}
