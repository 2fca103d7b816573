/**
 * A small part of the formula language, for validation rules and formula fields: field names (also `Account.Name`), strings,
 * numbers, TRUE/FALSE/NULL, = == <> != < > <= >= && || ! + - * / &, and the functions below. Parsed, never evaluated as code.
 */
export type FormulaValue = string | number | boolean | null;
type Node =
  | { kind: "value"; value: FormulaValue }
  | { kind: "field"; name: string }
  | { kind: "call"; name: string; args: Node[] }
  | { kind: "binary"; op: string; left: Node; right: Node }
  | { kind: "not"; of: Node };

/** Where names get their values: `old` is undefined while a record is being created. */
export type FormulaScope = { read(name: string): FormulaValue; readOld?: ((name: string) => FormulaValue) | undefined };

export class FormulaError extends Error {}

const TOKEN =
  /\s*(?:("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|(\d+(?:\.\d+)?)|([A-Za-z_][\w.]*)|(&&|\|\||<>|!=|<=|>=|==|[=<>+\-*/&!(),]))/y;
type Token = { kind: "string" | "number" | "name" | "op" | "end"; text: string };

function readTokens(source: string): Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  let at = 0;
  while (source.slice(at).trim() !== "") {
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(source);
    if (!match) throw new FormulaError(`Syntax error near '${source.slice(at).trim().slice(0, 20)}'`);
    at = TOKEN.lastIndex;
    if (match[1] !== undefined)
      tokens.push({ kind: "string", text: match[1].slice(1, -1).replace(/\\(.)/g, unescapeChar) });
    else if (match[2] !== undefined) tokens.push({ kind: "number", text: match[2] });
    else if (match[3] !== undefined) tokens.push({ kind: "name", text: match[3] });
    else tokens.push({ kind: "op", text: match[4] ?? "" });
  }
  tokens.push({ kind: "end", text: "end of formula" });
  return tokens;
}

function unescapeChar(_all: string, char: string): string {
  if (char === "n") return "\n";
  if (char === "t") return "\t";
  return char === '"' || char === "'" || char === "\\" ? char : `\\${char}`;
}

const LEVELS: string[][] = [
  ["||"],
  ["&&"],
  ["=", "==", "<>", "!=", "<", ">", "<=", ">="],
  ["&"],
  ["+", "-"],
  ["*", "/"],
];

class Parser {
  private at = 0;
  constructor(private readonly tokens: Token[]) {}

  parse(): Node {
    const node = this.readLevel(0);
    if (this.peek().kind !== "end") throw new FormulaError(`Syntax error. Extra ${this.peek().text}`);
    return node;
  }

  private peek(): Token {
    return this.tokens[this.at] ?? { kind: "end", text: "end of formula" };
  }

  private takeOp(...ops: string[]): string | undefined {
    const token = this.peek();
    if (token.kind !== "op" || !ops.includes(token.text)) return undefined;
    this.at++;
    return token.text;
  }

  private readLevel(level: number): Node {
    const ops = LEVELS[level];
    if (!ops) return this.readUnary();
    let left = this.readLevel(level + 1);
    for (let op = this.takeOp(...ops); op; op = this.takeOp(...ops)) {
      left = { kind: "binary", op, left, right: this.readLevel(level + 1) };
    }
    return left;
  }

  private readUnary(): Node {
    if (this.takeOp("!")) return { kind: "not", of: this.readUnary() };
    if (this.takeOp("-"))
      return { kind: "binary", op: "-", left: { kind: "value", value: 0 }, right: this.readUnary() };
    if (this.takeOp("(")) {
      const inner = this.readLevel(0);
      this.expect(")");
      return inner;
    }
    const token = this.peek();
    this.at++;
    if (token.kind === "string") return { kind: "value", value: token.text };
    if (token.kind === "number") return { kind: "value", value: Number(token.text) };
    if (token.kind === "name") return this.readName(token.text);
    throw new FormulaError(`Syntax error. Found '${token.text}'`);
  }

  private readName(name: string): Node {
    const upper = name.toUpperCase();
    if (this.takeOp("(")) {
      const args: Node[] = [];
      if (!this.takeOp(")")) {
        do args.push(this.readLevel(0));
        while (this.takeOp(","));
        this.expect(")");
      }
      if (!Object.hasOwn(FUNCTIONS, upper)) throw new FormulaError(`Unknown function ${name}`);
      return { kind: "call", name: upper, args };
    }
    if (upper === "TRUE" || upper === "FALSE") return { kind: "value", value: upper === "TRUE" };
    if (upper === "NULL") return { kind: "value", value: null };
    return { kind: "field", name };
  }

  private expect(op: string): void {
    if (!this.takeOp(op)) throw new FormulaError(`Syntax error. Missing '${op}'`);
  }
}

function isBlank(value: FormulaValue): boolean {
  return value === null || value === "";
}
function toText(value: FormulaValue): string {
  return value === null ? "" : String(value);
}
function toNumber(value: FormulaValue): number {
  return value === null || value === "" ? 0 : Number(value);
}

type Evaluate = (node: Node | undefined) => FormulaValue;
const FUNCTIONS: Record<string, (args: Node[], run: Evaluate, scope: FormulaScope) => FormulaValue> = {
  AND: (args, run) => args.every((arg) => run(arg) === true),
  OR: (args, run) => args.some((arg) => run(arg) === true),
  NOT: (args, run) => run(args[0]) !== true,
  ISBLANK: (args, run) => isBlank(run(args[0])),
  ISNULL: (args, run) => isBlank(run(args[0])),
  LEN: (args, run) => toText(run(args[0])).length,
  CONTAINS: (args, run) => toText(run(args[0])).includes(toText(run(args[1]))),
  BEGINS: (args, run) => toText(run(args[0])).startsWith(toText(run(args[1]))),
  ISPICKVAL: (args, run) => toText(run(args[0])) === toText(run(args[1])),
  // The real REGEX must match the whole text.
  REGEX: (args, run) => compilePattern(toText(run(args[1]))).test(toText(run(args[0]))),
  IF: (args, run) => (run(args[0]) === true ? run(args[1]) : run(args[2])),
  TEXT: (args, run) => toText(run(args[0])),
  VALUE: (args, run) => toNumber(run(args[0])),
  UPPER: (args, run) => toText(run(args[0])).toUpperCase(),
  LOWER: (args, run) => toText(run(args[0])).toLowerCase(),
  BLANKVALUE: (args, run) => (isBlank(run(args[0])) ? run(args[1]) : run(args[0])),
  ISNEW: (_args, _run, scope) => scope.readOld === undefined,
  ISCHANGED: ([arg], _run, scope) =>
    arg?.kind === "field" && scope.readOld !== undefined && scope.read(arg.name) !== scope.readOld(arg.name),
  PRIORVALUE: ([arg], _run, scope) => (arg?.kind === "field" ? (scope.readOld ?? scope.read)(arg.name) : null),
};

function compilePattern(source: string): RegExp {
  try {
    return new RegExp(`^(?:${source})$`);
  } catch {
    throw new FormulaError(`Invalid regular expression: ${source}`);
  }
}

function compute(op: string, left: FormulaValue, right: FormulaValue): FormulaValue {
  const a = left === "" ? null : left;
  const b = right === "" ? null : right;
  if (op === "=" || op === "==") return a === b;
  if (op === "<>" || op === "!=") return a !== b;
  if (op === "&") return toText(left) + toText(right);
  if (op === "+" && (typeof left === "string" || typeof right === "string")) return toText(left) + toText(right);
  if (["<", ">", "<=", ">="].includes(op)) return compareOrder(op, left, right);
  const [x, y] = [toNumber(left), toNumber(right)];
  if (op === "+") return x + y;
  if (op === "-") return x - y;
  return op === "*" ? x * y : y === 0 ? null : x / y;
}

function compareOrder(op: string, left: FormulaValue, right: FormulaValue): boolean {
  if (left === null || right === null) return false;
  const both = typeof left === "string" && typeof right === "string";
  const x = both ? left : toNumber(left);
  const y = both ? right : toNumber(right);
  if (op === "<") return x < y;
  if (op === ">") return x > y;
  return op === "<=" ? x <= y : x >= y;
}

/** A parsed formula; `names` are the fields it reads, `evaluate` never throws for a missing value. */
export type Formula = { names: string[]; evaluate(scope: FormulaScope): FormulaValue };

function listNames(node: Node): string[] {
  if (node.kind === "field") return [node.name];
  if (node.kind === "call") return node.args.flatMap(listNames);
  if (node.kind === "binary") return [...listNames(node.left), ...listNames(node.right)];
  return node.kind === "not" ? listNames(node.of) : [];
}

const parsed = new Map<string, Formula>();

/** Parses a formula (remembered by its text). Throws FormulaError when it is not in the supported part. */
export function parseFormula(source: string): Formula {
  const known = parsed.get(source);
  if (known) return known;
  const root = new Parser(readTokens(source)).parse();
  const formula: Formula = {
    names: listNames(root),
    evaluate(scope) {
      const run: Evaluate = (node) => {
        if (!node) return null;
        if (node.kind === "value") return node.value;
        if (node.kind === "field") return scope.read(node.name);
        if (node.kind === "not") return run(node.of) !== true;
        if (node.kind === "call") return FUNCTIONS[node.name]?.(node.args, run, scope) ?? null;
        if (node.op === "&&") return run(node.left) === true && run(node.right) === true;
        if (node.op === "||") return run(node.left) === true || run(node.right) === true;
        return compute(node.op, run(node.left), run(node.right));
      };
      return run(root);
    },
  };
  parsed.set(source, formula);
  return formula;
}
