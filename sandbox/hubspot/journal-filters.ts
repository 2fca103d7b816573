import { z } from "zod";
import { notFound, validationError } from "./errors";

const OPERATORS = [
  "EQ",
  "N_EQ",
  "GT",
  "GTE",
  "LT",
  "LTE",
  "IN",
  "NOT_IN",
  "CONTAINS",
  "STARTS_WITH",
  "ENDS_WITH",
  "IS_EMPTY",
  "IS_NOT_EMPTY",
] as const;
type Operator = (typeof OPERATORS)[number];

const conditionSchema = z.object({
  filterType: z.literal("CRM_OBJECT_PROPERTY"),
  property: z.string(),
  operator: z.enum(OPERATORS),
  value: z.string().optional(),
  values: z.array(z.string()).optional(),
});
export const newFilterSchema = z.object({
  subscriptionId: z.coerce.number().int(),
  filter: z.object({ conditions: z.array(conditionSchema).min(1) }),
});
type Condition = z.infer<typeof conditionSchema>;
export type JournalFilter = {
  id: number;
  subscriptionId: number;
  createdAt: number;
  filter: { conditions: Condition[] };
};
export type SavedFilters = { filters: JournalFilter[]; nextId: number };

type Values = Readonly<Record<string, string>>;

/** Compares as numbers where both are some, as text otherwise. */
function compare(a: string, b: string): number {
  const [x, y] = [Number(a), Number(b)];
  if (a !== "" && b !== "" && !Number.isNaN(x) && !Number.isNaN(y)) return x - y;
  return a < b ? -1 : a > b ? 1 : 0;
}

const TESTS: Record<Operator, (value: string, wanted: string, list: readonly string[]) => boolean> = {
  EQ: (value, wanted) => value === wanted,
  N_EQ: (value, wanted) => value !== wanted,
  GT: (value, wanted) => value !== "" && compare(value, wanted) > 0,
  GTE: (value, wanted) => value !== "" && compare(value, wanted) >= 0,
  LT: (value, wanted) => value !== "" && compare(value, wanted) < 0,
  LTE: (value, wanted) => value !== "" && compare(value, wanted) <= 0,
  IN: (value, _wanted, list) => list.includes(value),
  NOT_IN: (value, _wanted, list) => !list.includes(value),
  CONTAINS: (value, wanted) => value.includes(wanted),
  STARTS_WITH: (value, wanted) => value.startsWith(wanted),
  ENDS_WITH: (value, wanted) => value.endsWith(wanted),
  IS_EMPTY: (value) => value === "",
  IS_NOT_EMPTY: (value) => value !== "",
};

function meets(values: Values, { property, operator, value = "", values: list = [] }: Condition): boolean {
  return TESTS[operator](values[property] ?? "", value, list);
}

/** Which records a subscription of the journal wants to hear of, by their values after the change. */
export class JournalFilters {
  private filters: JournalFilter[];
  private nextId: number;

  constructor(saved?: SavedFilters) {
    this.filters = saved?.filters ?? [];
    this.nextId = saved?.nextId ?? 71_001;
  }

  /** Throws 400 for an operator without what it compares with. */
  create({ subscriptionId, filter }: z.infer<typeof newFilterSchema>, now: number): JournalFilter {
    for (const { operator, value, values } of filter.conditions) {
      const isList = operator === "IN" || operator === "NOT_IN";
      const isAlone = operator === "IS_EMPTY" || operator === "IS_NOT_EMPTY";
      if (isList ? !values?.length : !isAlone && value === undefined) {
        throw validationError(`operator ${operator} requires ${isList ? "values" : "a value"}`);
      }
    }
    const made = { id: this.nextId, subscriptionId, createdAt: now, filter };
    this.nextId += 1;
    this.filters = [...this.filters, made];
    return made;
  }

  /** Throws 404. */
  get(id: number): JournalFilter {
    const filter = this.filters.find((one) => one.id === id);
    if (!filter) throw notFound({ filterId: [String(id)] });
    return filter;
  }

  listOf(subscriptionId: number): JournalFilter[] {
    return this.filters.filter((one) => one.subscriptionId === subscriptionId);
  }

  remove(id: number): void {
    this.get(id);
    this.filters = this.filters.filter((one) => one.id !== id);
  }

  /** The subscription is gone, and its filters with it. */
  forget(subscriptionId: number): void {
    this.filters = this.filters.filter((one) => one.subscriptionId !== subscriptionId);
  }

  /** Modelled choice: all conditions of a filter must hold, and one filter of several is enough; none lets all pass. */
  allows(subscriptionId: number, values: Values): boolean {
    const filters = this.listOf(subscriptionId);
    return filters.length === 0 || filters.some(({ filter }) => filter.conditions.every((one) => meets(values, one)));
  }

  save(): SavedFilters {
    return { filters: this.filters, nextId: this.nextId };
  }
}
