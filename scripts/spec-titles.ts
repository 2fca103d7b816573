import ts from "typescript";

const CALLERS = new Set(["test", "it", "describe"]);

/** The titles of all tests of a source, those of their groups before them: "group > test". */
export function listTestTitles(source: string): string[] {
  const file = ts.createSourceFile("test.ts", source, ts.ScriptTarget.Latest, false, ts.ScriptKind.TSX);
  const titles: string[] = [];
  const visit = (node: ts.Node, groups: string[]): void => {
    const call = ts.isCallExpression(node) ? readCall(node) : null;
    if (!call) {
      ts.forEachChild(node, (child) => visit(child, groups));
      return;
    }
    const path = [...groups, call.title];
    if (call.name !== "describe") titles.push(path.join(" > "));
    ts.forEachChild(node, (child) => visit(child, call.name === "describe" ? path : groups));
  };
  visit(file, []);
  return titles;
}

/** `test("title", …)`, also `test.each(rows)("title", …)` and `test.skipIf(x)("title", …)`. */
function readCall(node: ts.CallExpression): { name: string; title: string } | null {
  const [first] = node.arguments;
  if (!first || !ts.isStringLiteralLike(first)) return null;
  const name = rootName(node.expression);
  return name !== null && CALLERS.has(name) ? { name, title: first.text } : null;
}

function rootName(expression: ts.Expression): string | null {
  if (ts.isIdentifier(expression)) return expression.text;
  if (ts.isPropertyAccessExpression(expression) || ts.isCallExpression(expression))
    return rootName(expression.expression);
  return ts.isTaggedTemplateExpression(expression) ? rootName(expression.tag) : null;
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
