import type { Condition, ConditionWithValueQuery, Query, WhereClause } from "@jetstreamapp/soql-parser-js";
import { badRequest } from "../errors";
import type { ObjectDef } from "../schema";
import type { OrgState } from "../state";
import type { Row, Value } from "../table";
import { compileCondition, type Predicate, type Sargable } from "./condition";

export type RunSubquery = (query: Query) => Value[];

type Token = { kind: "(" | ")" | "AND" | "OR" | "NOT" } | { kind: "condition"; condition: ConditionWithValueQuery };

/** The parser gives a chain that only counts parentheses; this turns it back into a flat list of tokens. */
function listTokens(where: WhereClause): Token[] {
  const tokens: Token[] = [];
  let clause: WhereClause | undefined = where;
  while (clause) {
    const left: ConditionWithValueQuery | null = clause.left;
    const operator: string | undefined = "operator" in clause ? clause.operator : undefined;
    for (let i = 0; i < (left?.openParen ?? 0); i++) tokens.push({ kind: "(" });
    if (operator === "NOT") tokens.push({ kind: "NOT" });
    else {
      if (left) tokens.push({ kind: "condition", condition: left });
      const closing = left && "closeParen" in left ? (left.closeParen ?? 0) : 0;
      for (let i = 0; i < closing; i++) tokens.push({ kind: ")" });
      if (operator === "AND" || operator === "OR") tokens.push({ kind: operator });
    }
    clause = "right" in clause ? clause.right : undefined;
  }
  return tokens;
}

type Test<T> = (item: T) => boolean;

class ClauseCompiler<T> {
  private at = 0;
  readonly sargable: Sargable[] = [];

  constructor(
    private readonly tokens: Token[],
    private readonly compileOne: (condition: ConditionWithValueQuery) => {
      test: Test<T>;
      sargable?: Sargable | undefined;
    },
  ) {}

  compile(): Test<T> {
    const predicate = this.readGroup(true);
    if (this.at < this.tokens.length) throw badRequest("MALFORMED_QUERY", "unexpected token: ')'");
    return predicate;
  }

  /** AND and OR may not stand side by side without parentheses: the real parser refuses it too. */
  private readGroup(top: boolean): Test<T> {
    const parts = [this.readTerm(top)];
    let joiner: "AND" | "OR" | undefined;
    for (let kind = this.tokens[this.at]?.kind; kind === "AND" || kind === "OR"; kind = this.tokens[this.at]?.kind) {
      if (joiner && joiner !== kind) throw badRequest("MALFORMED_QUERY", `unexpected token: '${kind}'`);
      joiner = kind;
      this.at++;
      if (joiner === "OR") this.sargable.length = top ? 0 : this.sargable.length;
      parts.push(this.readTerm(top && joiner === "AND"));
    }
    if (parts.length === 1 && parts[0]) return parts[0];
    return joiner === "OR" ? (row) => parts.some((part) => part(row)) : (row) => parts.every((part) => part(row));
  }

  private readTerm(top: boolean): Test<T> {
    const token = this.tokens[this.at++];
    if (token?.kind === "NOT") {
      const inner = this.readTerm(false);
      return (row) => !inner(row);
    }
    if (token?.kind === "(") {
      const inner = this.readGroup(top && this.isPlainGroup());
      if (this.tokens[this.at++]?.kind !== ")")
        throw badRequest("MALFORMED_QUERY", "expecting a right parentheses, found 'EOF'");
      return inner;
    }
    if (token?.kind !== "condition") throw badRequest("MALFORMED_QUERY", "unexpected end of the WHERE clause");
    return this.readCondition(token.condition, top);
  }

  /** Whether the group that starts here has no OR of its own, so that its conditions must all hold. */
  private isPlainGroup(): boolean {
    let depth = 0;
    for (let i = this.at; i < this.tokens.length; i++) {
      const kind = this.tokens[i]?.kind;
      if (kind === "(") depth++;
      if (kind === ")" && depth-- === 0) return true;
      if (kind === "OR" && depth === 0) return false;
    }
    return true;
  }

  private readCondition(condition: ConditionWithValueQuery, top: boolean): Test<T> {
    const compiled = this.compileOne(condition);
    if (top && compiled.sargable) this.sargable.push(compiled.sargable);
    return compiled.test;
  }
}

/** Compiles the AND, OR and NOT of a clause, whatever its conditions are about. */
export function compileClause<T>(
  clause: WhereClause,
  compileOne: (condition: ConditionWithValueQuery) => Test<T>,
): Test<T> {
  return new ClauseCompiler<T>(listTokens(clause), (condition) => ({ test: compileOne(condition) })).compile();
}

/** Compiles a WHERE clause. Throws MALFORMED_QUERY, INVALID_FIELD or INVALID_QUERY_FILTER_OPERATOR. */
export function compileWhere(
  state: OrgState,
  def: ObjectDef,
  where: WhereClause | undefined,
  runSubquery: RunSubquery,
): { predicate: Predicate; sargable: Sargable[] } {
  if (!where) return { predicate: () => true, sargable: [] };
  const compiler = new ClauseCompiler<Row>(listTokens(where), (condition) => {
    const subquery = "valueQuery" in condition ? runSubquery(condition.valueQuery) : undefined;
    const { predicate, sargable } = compileCondition(state, def, condition as Condition, subquery);
    return { test: predicate, sargable };
  });
  const predicate = compiler.compile();
  return { predicate, sargable: compiler.sargable };
}
