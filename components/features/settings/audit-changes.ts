export type AuditChange = { name: string; before: string | null; after: string | null };
export type AuditFact = { name: string; value: string };

type Values = Record<string, unknown>;

/** Counts that only the machine needs. */
const HIDDEN = new Set(["version"]);
const MAX_DEPTH = 3;

/**
 * What an entry says, as rows: what was before and after, and the facts beside. With `change` (the part that was asked to
 * change) only its names are compared; what stayed the same is left out.
 */
export function readAuditDetail(detail: Values): { changes: AuditChange[]; facts: AuditFact[] } {
  const { before, after, change, ...rest } = detail;
  const old = flatten(before);
  const asked = flatten(change ?? after);
  const names = change !== undefined ? asked.keys() : new Set([...old.keys(), ...asked.keys()]);
  const changes = [...names]
    .filter((name) => !HIDDEN.has(name))
    .map((name) => ({ name, before: old.get(name) ?? null, after: asked.get(name) ?? null }))
    .filter((row) => row.before !== row.after);
  const facts = [...flatten(rest)].map(([name, value]) => ({ name, value }));
  return { changes, facts };
}

/** Who or what the entry is about, in a word; null when it says nothing of that. */
export function readAuditSubject(detail: Values): string | null {
  const { before, after, email, side } = detail;
  for (const place of [detail, after, before]) {
    if (typeof place !== "object" || place === null) continue;
    const { name, hubspotProperty } = place as Values;
    const found = [(place as Values).email, name, hubspotProperty].find((one) => typeof one === "string");
    if (typeof found === "string") return found;
  }
  if (typeof email === "string") return email;
  if (side === "hubspot") return "HubSpot";
  return side === "salesforce" ? "Salesforce" : null;
}

function flatten(value: unknown, path = "", depth = 0, into = new Map<string, string>()): Map<string, string> {
  if (value === undefined) return into;
  if (typeof value === "object" && value !== null && !Array.isArray(value) && depth < MAX_DEPTH) {
    for (const [key, inner] of Object.entries(value))
      flatten(inner, path === "" ? key : `${path}.${key}`, depth + 1, into);
    return into;
  }
  if (path !== "") into.set(path, typeof value === "string" ? value : JSON.stringify(value));
  return into;
}
