import { badRequest } from "../errors";
import { makeAttributes } from "../read-fields";
import type { ObjectDef } from "../schema";
import { prepareQuery } from "../soql/run-query";
import type { OrgState } from "../state";
import type { Row } from "../table";
import { type OrgApp, type OrgContext, sendJson } from "./context";

const MAX_FOUND = 2000;
/** Which kinds of fields each search group looks at. */
const GROUPS: Record<string, (name: string, type: string) => boolean> = {
  ALL: (_name, type) => ["string", "email", "phone", "textarea", "url", "picklist"].includes(type),
  NAME: (name) => ["Name", "FirstName", "LastName", "Company", "Subject"].includes(name),
  EMAIL: (_name, type) => type === "email",
  PHONE: (_name, type) => type === "phone",
};

type Search = { term: string; group: string; returning: string[]; limit: number };

/** Splits `Lead(Id WHERE a IN (1)), Contact` at the commas outside parentheses. */
function splitReturning(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  [...text].forEach((char, at) => {
    if (char === "(") depth++;
    if (char === ")") depth--;
    if (char === "," && depth === 0) {
      parts.push(text.slice(from, at));
      from = at + 1;
    }
  });
  return [...parts, text.slice(from)].map((part) => part.trim()).filter((part) => part !== "");
}

function parseSosl(sosl: string): Search {
  const match = /^\s*FIND\s*(?:\{((?:\\.|[^}\\])*)\}|'((?:\\.|[^'\\])*)')\s*([\s\S]*)$/i.exec(sosl);
  const term = (match?.[1] ?? match?.[2] ?? "").replace(/\\(.)/g, "$1").replace(/^"|"$/g, "").trim();
  if (!match || [...term.replaceAll("*", "")].length < 2)
    throw badRequest("MALFORMED_SEARCH", "search term must be longer than one character: ");
  const rest = match[3] ?? "";
  const limit = Number(/\bLIMIT\s+(\d+)\s*$/i.exec(rest)?.[1] ?? MAX_FOUND);
  const group = /\bIN\s+(\w+)\s+FIELDS/i.exec(rest)?.[1]?.toUpperCase() ?? "ALL";
  const returning = /\bRETURNING\s+([\s\S]*?)(?:\bWITH\b[\s\S]*)?(?:\)\s*LIMIT\s+\d+\s*)?$/i.exec(rest)?.[1] ?? "";
  const closed = returning.split("(").length > returning.split(")").length ? `${returning})` : returning;
  return { term, group, returning: splitReturning(closed), limit: Math.min(limit, MAX_FOUND) };
}

/** Every word must be found, at the start of a word of the field; `*` stands for anything. */
function compileTerm(term: string): (text: string) => boolean {
  const patterns = term.split(/\s+/).map((word) => {
    const source = word.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", "\\S*");
    return new RegExp(`(^|[^\\p{L}\\p{N}])${source}`, "iu");
  });
  // Languages without spaces between words match anywhere.
  const wide = /[\u3040-\u30ff\u4e00-\u9fff]/.test(term) ? term.toLowerCase().replaceAll("*", "") : undefined;
  return (text) =>
    patterns.every((pattern) => pattern.test(text)) || (wide !== undefined && text.toLowerCase().includes(wide));
}

function searchObject(state: OrgState, search: Search, part: string, version: string): object[] {
  const [, name = "", inner = ""] = /^(\w+)\s*(?:\(([\s\S]*)\))?$/.exec(part) ?? [];
  const [, fields = "Id", clauses = ""] =
    /^([\s\S]*?)(\b(?:WHERE|ORDER\s+BY|LIMIT|OFFSET)\b[\s\S]*)?$/i.exec(inner) ?? [];
  const query = prepareQuery(state, `SELECT ${fields.trim() || "Id"} FROM ${name} ${clauses}`, false);
  const test = compileSearch(state, query.def, search);
  const found = query.findRows().filter(test);
  return found.map((row) =>
    fields.trim()
      ? query.project(row, version)
      : { attributes: makeAttributes(query.def, row.Id, version), Id: row.Id },
  );
}

function compileSearch(state: OrgState, def: ObjectDef, search: Search): (row: Row) => boolean {
  const wanted = GROUPS[search.group] ?? (() => true);
  const fields = def.fields.filter(
    (field) =>
      wanted(field.name, field.type) && field.formula === undefined && state.permission(def.name, field.name).readable,
  );
  const test = compileTerm(search.term);
  return (row) => fields.some((field) => typeof row[field.name] === "string" && test(String(row[field.name])));
}

function runSearch(c: OrgContext, state: OrgState, search: Search): Response {
  const objects = search.returning.length > 0 ? search.returning : ["Account", "Contact", "Lead", "Opportunity"];
  const found = objects.flatMap((part) => searchObject(state, search, part, c.get("version"))).slice(0, search.limit);
  c.env.call.records = found.length;
  return sendJson({ searchRecords: found });
}

/** `/search?q=FIND …` and `/parameterizedSearch?q=…&sobject=…`. */
export function mountSearch(app: OrgApp, state: OrgState): void {
  app.get("/services/data/:version/search", (c) => runSearch(c, state, parseSosl(c.req.query("q") ?? "")));
  app.get("/services/data/:version/parameterizedSearch", (c) => {
    const search = parseSosl(`FIND {${c.req.query("q") ?? ""}}`);
    const fields = c.req.query("fields") ?? "Id";
    const objects = (c.req.query("sobject") ?? "").split(",").filter((name) => name !== "");
    return runSearch(c, state, { ...search, returning: objects.map((name) => `${name}(${fields})`) });
  });
}
