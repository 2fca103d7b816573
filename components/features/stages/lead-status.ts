import type { StagesView } from "@/lib/contracts/stages";

type Choices = StagesView["leadStatus"];

export type StatusRow = {
  /** Salesforce's value, with its label where it is still known */
  value: string;
  label: string;
  isGone: boolean;
  hubspot: string | null;
};

/** L1: Salesforce's lead statuses with what each stands for in HubSpot; entries of values that are gone come last. */
export function listStatuses(choices: Choices, map: Readonly<Record<string, string>>): StatusRow[] {
  const known = choices.salesforce.map(({ value, label }) => ({
    value,
    label,
    isGone: false,
    hubspot: Object.hasOwn(map, value) ? (map[value] ?? null) : null,
  }));
  const gone = Object.entries(map)
    .filter(([value]) => !choices.salesforce.some((one) => one.value === value))
    .map(([value, hubspot]) => ({ value, label: value, isGone: true, hubspot }));
  return [...known, ...gone];
}

/** The map with one entry changed; null takes it away. Entries stand in Salesforce's order: the first of several is written. */
export function setStatus(
  choices: Choices,
  map: Readonly<Record<string, string>>,
  value: string,
  hubspot: string | null,
): Record<string, string> {
  const { [value]: _, ...rest } = map;
  const next: Record<string, string> = hubspot === null ? rest : { ...rest, [value]: hubspot };
  const order = choices.salesforce.map((one) => one.value);
  const placeOf = (key: string) => (order.includes(key) ? order.indexOf(key) : order.length);
  return Object.fromEntries(Object.entries(next).toSorted(([a], [b]) => placeOf(a) - placeOf(b)));
}

const plain = (text: string) => text.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, "");

/** Fills in what has the same name on both sides and no entry yet. */
export function fillByName(choices: Choices, map: Readonly<Record<string, string>>): Record<string, string> {
  return choices.salesforce.reduce<Record<string, string>>(
    (filled, { value, label }) => {
      if (Object.hasOwn(filled, value)) return filled;
      const names = [plain(value), plain(label)];
      const same = choices.hubspot.find((one) =>
        [plain(one.value), plain(one.label)].some((name) => names.includes(name)),
      );
      return same ? setStatus(choices, filled, value, same.value) : filled;
    },
    { ...map },
  );
}

/** HubSpot's statuses that no entry names: a contact in one of them leaves Salesforce's status as it is. */
export function listUnnamed(choices: Choices, map: Readonly<Record<string, string>>): string[] {
  const named = new Set(Object.values(map));
  return choices.hubspot.filter((one) => !named.has(one.value)).map((one) => one.label);
}
