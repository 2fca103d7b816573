import ts from "typescript";

const CALLERS = new Set(["test", "it", "describe"]);

/** Values of one row of a table of tests: by name (an object) or in order (a list). */
type Row = { named: Map<string, string>; listed: string[] };
type TestCall = { name: string; titles: string[] };

/** The titles of all tests of a source, those of their groups before them: "group > test". Tables are read row by row. */
export function listTestTitles(source: string): string[] {
  const file = ts.createSourceFile("test.ts", source, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
  const titles: string[] = [];
  const visit = (node: ts.Node, groups: string[]): void => {
    const call = ts.isCallExpression(node) ? readCall(node, file) : null;
    if (!call) {
      ts.forEachChild(node, (child) => visit(child, groups));
      return;
    }
    for (const title of call.titles) {
      const path = [...groups, title];
      if (call.name !== "describe") titles.push(path.join(" > "));
      ts.forEachChild(node, (child) => visit(child, call.name === "describe" ? path : groups));
    }
  };
  visit(file, []);
  return [...new Set(titles)];
}

/** `test("title", …)`, also `test.each(rows)("title", …)` and `test.skipIf(x)("title", …)`. */
function readCall(node: ts.CallExpression, file: ts.SourceFile): TestCall | null {
  const [first] = node.arguments;
  const title = first && readText(first);
  const name = rootName(node.expression);
  if (title === undefined || name === null || !CALLERS.has(name)) return null;
  const rows = readTable(node.expression, file);
  return { name, titles: rows.length === 0 ? [title] : rows.map((row) => fillTitle(title, row)) };
}

/** Parts of a template that are not text are left out. */
function readText(node: ts.Expression): string | undefined {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return undefined;
  return [node.head.text, ...node.templateSpans.map((span) => span.literal.text)].join("…");
}

function rootName(expression: ts.Expression): string | null {
  if (ts.isIdentifier(expression)) return expression.text;
  if (ts.isPropertyAccessExpression(expression) || ts.isCallExpression(expression))
    return rootName(expression.expression);
  return ts.isTaggedTemplateExpression(expression) ? rootName(expression.tag) : null;
}

/** The rows of `….each(rows)`; none where they cannot be read without running the file. */
function readTable(callee: ts.Expression, file: ts.SourceFile): Row[] {
  if (!ts.isCallExpression(callee) || !ts.isPropertyAccessExpression(callee.expression)) return [];
  if (callee.expression.name.text !== "each") return [];
  const [table] = callee.arguments;
  const list = table && findList(table, file);
  return list ? list.elements.map(readRow) : [];
}

/** The list behind a name, behind `as const`, and behind `.map(…)` or `.filter(…)`. */
function findList(node: ts.Expression, file: ts.SourceFile): ts.ArrayLiteralExpression | null {
  if (ts.isArrayLiteralExpression(node)) return node;
  if (ts.isAsExpression(node) || ts.isSatisfiesExpression(node) || ts.isParenthesizedExpression(node))
    return findList(node.expression, file);
  if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression))
    return findList(node.expression.expression, file);
  if (!ts.isIdentifier(node)) return null;
  let found: ts.ArrayLiteralExpression | null = null;
  const search = (child: ts.Node): void => {
    if (ts.isVariableDeclaration(child) && child.name.getText(file) === node.text && child.initializer)
      found ??= child.initializer === node ? null : findList(child.initializer, file);
    ts.forEachChild(child, search);
  };
  search(file);
  return found;
}

function readRow(row: ts.Expression): Row {
  const named = new Map<string, string>();
  if (ts.isObjectLiteralExpression(row)) {
    for (const property of row.properties) {
      if (!ts.isPropertyAssignment(property)) continue;
      const text = readText(property.initializer);
      if (text !== undefined) named.set(property.name.getText().replace(/["']/g, ""), text);
    }
  }
  const listed = ts.isArrayLiteralExpression(row)
    ? row.elements.map((one) => readText(one) ?? "…")
    : [readText(row) ?? "…"];
  return { named, listed };
}

function fillTitle(title: string, { named, listed }: Row): string {
  let next = 0;
  return title
    .replace(/\$([A-Za-z_]\w*)/g, (mark, name: string) => named.get(name) ?? mark)
    .replace(/%[sdifjoOp]/g, () => listed[next++] ?? "…");
}

/** The codes that a title cites: "T10, T11", "F1–F3". */
export function listCodes(title: string): string[] {
  const codes = new Set<string>();
  for (const [, letter = "", from, dash, to] of title.matchAll(
    /\b([TMGCFAOLKPEQ])(\d{1,2})(?:\s?([–-])\s?\1(\d{1,2}))?\b/g,
  )) {
    const last = dash === undefined ? Number(from) : Number(to);
    for (let n = Number(from); n <= last; n += 1) codes.add(`${letter}${n}`);
  }
  return [...codes];
}
