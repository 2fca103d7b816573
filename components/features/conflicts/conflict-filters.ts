import type { Conflict } from "@/lib/contracts/conflicts";

/** Filters as they stand in the address; "" filters nothing. Days as "2026-11-23", in the browser's zone. */
export type ConflictFilters = {
  object: string;
  field: string;
  winner: "" | "hubspot" | "salesforce";
  from: string;
  to: string;
};

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const CODE = /^[a-z_]{1,40}$/;

/** Reads the page's address; what is unknown there filters nothing. */
export function readConflictFilters(params: URLSearchParams): ConflictFilters {
  const winner = params.get("winner");
  const object = params.get("object") ?? "";
  const day = (name: "from" | "to") => {
    const text = params.get(name) ?? "";
    return DAY.test(text) && !Number.isNaN(startOfDay(text, 0).getTime()) ? text : "";
  };
  return {
    object: CODE.test(object) ? object : "",
    field: (params.get("field") ?? "").trim().slice(0, 200),
    winner: winner === "hubspot" || winner === "salesforce" ? winner : "",
    from: day("from"),
    to: day("to"),
  };
}

/** What the API is asked: the days as moments, the last one to its end. */
export function toConflictQuery({ object, field, winner, from, to }: ConflictFilters): URLSearchParams {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries({ object, field, winner })) if (value !== "") params.set(name, value);
  if (from !== "") params.set("from", startOfDay(from, 0).toISOString());
  if (to !== "") params.set("to", startOfDay(to, 1).toISOString());
  return params;
}

export function isFiltered(filters: ConflictFilters): boolean {
  return Object.values(filters).some((value) => value !== "");
}

type Value = { value: Conflict["change"]["before"]; text: string | null; won: boolean };

/** What each side held before the sync. The winner's value is told in the form in which the other side took it. */
export function valuesOf({ side, before, after, beforeText, afterText }: Conflict["change"]): {
  hubspot: Value;
  salesforce: Value;
} {
  const lost = { value: before, text: beforeText, won: false };
  const won = { value: after, text: afterText, won: true };
  return side === "hubspot" ? { hubspot: lost, salesforce: won } : { hubspot: won, salesforce: lost };
}

function startOfDay(day: string, plusDays: number): Date {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  return new Date(year, month - 1, date + plusDays);
}
