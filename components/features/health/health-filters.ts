import type { ErrorGroup, ErrorSummary } from "@/lib/contracts/errors";

/** The categories of spec E1 in the order in which they are shown. */
export const CATEGORIES = [
  "associations",
  "custom_code",
  "duplicates",
  "permissions",
  "property_values",
  "mapping",
  "record_state",
  "owner",
  "limits_and_outages",
  "authentication",
] as const;
export type Category = (typeof CATEGORIES)[number];

export type Side = ErrorGroup["side"];
export type ErrorState = "open" | "closed";

/** What the page shows; `panel` is the error whose side panel is open. */
export type HealthView = {
  search: string;
  state: ErrorState;
  object: string | null;
  side: Side | null;
  panel: PanelTarget | null;
};

/** An error type; without an object or a side, in whatever it occurs. */
export type PanelTarget = { type: string; object: string | null; side: Side | null };

const CODE = /^[a-z_]{1,60}$/;

/** Reads the page's address. "in" and "by" narrow the page; "type", "object" and "side" name the panel. */
export function readHealthView(params: URLSearchParams): HealthView {
  const code = (name: string) => {
    const text = params.get(name);
    return text !== null && CODE.test(text) ? text : null;
  };
  const type = code("type");
  return {
    search: (params.get("search") ?? "").trim().slice(0, 200),
    state: params.get("state") === "closed" ? "closed" : "open",
    object: code("in"),
    side: toSide(params.get("by")),
    panel: type === null ? null : { type, object: code("object"), side: toSide(params.get("side")) },
  };
}

function toSide(text: string | null): Side | null {
  return text === "hubspot" || text === "salesforce" ? text : null;
}

/** The groups that the chips leave. */
export function narrowGroups(
  groups: readonly ErrorGroup[],
  { object, side }: Pick<HealthView, "object" | "side">,
): ErrorGroup[] {
  return groups.filter(
    (group) => (object === null || group.object === object) && (side === null || group.side === side),
  );
}

/** The groups that the panel is about. */
export function groupsOfPanel(groups: readonly ErrorGroup[], target: PanelTarget): ErrorGroup[] {
  return narrowGroups(groups, target).filter((group) => group.type === target.type);
}

export type CategoryCard = { category: string; records: number; groups: ErrorGroup[] };

/** A card for each category that has errors, in the fixed order; a category that we do not know comes last. */
export function cardsOf(groups: readonly ErrorGroup[]): CategoryCard[] {
  const byCategory = Map.groupBy(groups, (group) => group.category);
  const known: readonly string[] = CATEGORIES;
  const place = (category: string) => (known.includes(category) ? known.indexOf(category) : known.length);
  return [...byCategory]
    .map(([category, of]) => ({ category, records: sumRecords(of), groups: of }))
    .sort((a, b) => place(a.category) - place(b.category));
}

/** The categories without errors, in their order. */
export function quietCategories(groups: readonly ErrorGroup[]): Category[] {
  return CATEGORIES.filter((category) => groups.every((group) => group.category !== category));
}

export function sumRecords(rows: readonly { records: number }[]): number {
  return rows.reduce((sum, row) => sum + row.records, 0);
}

/** Records by object, most first, for the chips; the chosen one stays although it has none. */
export function countObjects(
  groups: readonly ErrorGroup[],
  chosen: string | null,
): { object: string; records: number }[] {
  const counts = [...Map.groupBy(groups, (group) => group.object as string)].map(([object, of]) => ({
    object,
    records: sumRecords(of),
  }));
  if (chosen !== null && counts.every(({ object }) => object !== chosen)) counts.push({ object: chosen, records: 0 });
  return counts.sort((a, b) => b.records - a.records || a.object.localeCompare(b.object));
}

export type WaitingLine = { state: "due" | "paused"; object: string; records: number };

/** What waits for its turn or for the connection, most first; of one object when one is chosen. */
export function waitingOf(states: ErrorSummary["states"], object: string | null): WaitingLine[] {
  return states
    .flatMap((row) => (row.state === "due" || row.state === "paused" ? [{ ...row, state: row.state }] : []))
    .filter((row) => object === null || row.object === object)
    .sort((a, b) => b.records - a.records);
}

const LISTED: Record<string, string> = { contact: "/contacts", company: "/companies", deal: "/deals" };

/** The list of these records; null for objects without a list of their own. */
export function listPath(object: string, filter: { state: string; reason?: string }): string | null {
  const page = LISTED[object];
  return page === undefined ? null : `${page}?${new URLSearchParams(filter)}`;
}
