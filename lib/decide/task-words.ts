import type { FieldMapping } from "./record-types";

/** A status or priority of an org's tasks, in the org's order. `value` is what the API takes, `label` what people see. */
type TaskWord = { value: string; label: string; isDefault: boolean };
export type TaskWords = {
  statuses: (TaskWord & { isClosed: boolean })[];
  priorities: (TaskWord & { isHigh: boolean })[];
};

/** HubSpot's words and the org's, both ways. */
export type WordTable = {
  /** HubSpot's word → the org's, only where it comes back as the same word */
  toSalesforce: Record<string, string>;
  /** Every word of the org → HubSpot's */
  toHubSpot: Record<string, string>;
  /** HubSpot's words without one in the org → the one that stands for them there */
  standIns: Record<string, string>;
};

/**
 * What is known of one of the two fields: HubSpot's words with what they are commonly called in Salesforce, and which of
 * them a word of the org's own is: `marked` for a closed status or a high priority, else `plain`.
 */
type Kind = { names: Record<string, readonly string[]>; marked: string; plain: string };
type MarkedWord = TaskWord & { isMarked: boolean };

const STATUSES: Kind = {
  names: {
    NOT_STARTED: ["Not Started", "未着手", "未開始"],
    IN_PROGRESS: ["In Progress", "進行中"],
    WAITING: ["Waiting on someone else", "Waiting", "待機中"],
    DEFERRED: ["Deferred", "延期"],
    COMPLETED: ["Completed", "完了"],
  },
  marked: "COMPLETED",
  plain: "NOT_STARTED",
};
const PRIORITIES: Kind = {
  names: { MEDIUM: ["Normal", "Medium", "中", "普通", "標準"], LOW: ["Low", "低"], HIGH: ["High", "高"], NONE: [] },
  marked: "HIGH",
  plain: "MEDIUM",
};

/** `own`: HubSpot's word → the org's as people set it; entries that the org does not have (any more) count for nothing. */
export function matchStatuses({ statuses }: TaskWords, own: Record<string, string> = {}): WordTable {
  return matchWords(
    STATUSES,
    statuses.map((status) => ({ ...status, isMarked: status.isClosed })),
    own,
  );
}

export function matchPriorities({ priorities }: TaskWords, own: Record<string, string> = {}): WordTable {
  return matchWords(
    PRIORITIES,
    priorities.map((priority) => ({ ...priority, isMarked: priority.isHigh })),
    own,
  );
}

/**
 * A2: the mappings of a task with the org's own words for status and priority. What was mapped by hand stays, as far as
 * the org has the word; nothing changes while the org's words are not known.
 */
export function withTaskWords<Mapping extends Omit<FieldMapping, "id">>(
  mappings: Mapping[],
  words: TaskWords | null,
): Mapping[] {
  return mappings.map((mapping) => {
    const { hubspotProperty, salesforceField, valueMap } = mapping;
    const ends = `${hubspotProperty} ${salesforceField}`;
    if (ends === "hs_task_status Status" && words?.statuses.length)
      return withTable(mapping, matchStatuses(words, valueMap));
    if (ends === "hs_task_priority Priority" && words?.priorities.length)
      return withTable(mapping, matchPriorities(words, valueMap));
    return mapping;
  });
}

function withTable<Mapping>(mapping: Mapping, { toSalesforce, toHubSpot, standIns }: WordTable): Mapping {
  return { ...mapping, valueMap: toSalesforce, salesforceValues: toHubSpot, standIns };
}

/**
 * Every word of the org means one of HubSpot's; of several that mean the same, the best known goes over. A word of
 * HubSpot's that none of them means is seen as the nearest that one does, so that it is not written again and again.
 */
function matchWords(kind: Kind, words: MarkedWord[], own: Record<string, string>): WordTable {
  const hubspot = [...new Set([...Object.keys(kind.names), ...Object.keys(own)])];
  const meanings = words.map((word) => ({ word, means: meaningOf(kind, word, hubspot, own) }));
  const best = new Map<string, MarkedWord>();
  for (const name of hubspot) {
    const found = chooseWord(
      kind.names[name] ?? [],
      meanings.filter(({ means }) => means === name).map(({ word }) => word),
      own[name],
    );
    if (found) best.set(name, found);
  }
  const ofDefault = meanings.find(({ word }) => word.isDefault && !word.isMarked)?.means;
  const nearest = [...(ofDefault === undefined ? [] : [ofDefault]), kind.plain, ...best.keys()];
  const standInOf = (name: string): string | undefined =>
    nearest.find((other) => best.get(other)?.isMarked === (name === kind.marked)) ?? nearest.find((o) => best.has(o));
  return {
    toSalesforce: Object.fromEntries([...best].map(([name, { value }]) => [name, value])),
    toHubSpot: Object.fromEntries(meanings.map(({ word, means }) => [word.value, means])),
    standIns: Object.fromEntries(
      hubspot.flatMap((name) => {
        const other = best.has(name) ? undefined : standInOf(name);
        return other === undefined ? [] : [[name, other] as const];
      }),
    ),
  };
}

function meaningOf(kind: Kind, word: MarkedWord, hubspot: string[], own: Record<string, string>): string {
  const mapped = hubspot.find((name) => own[name] === word.value);
  if (mapped !== undefined) return mapped;
  if (word.isMarked) return kind.marked;
  const named = Object.keys(kind.names).find(
    (name) => name !== kind.marked && kind.names[name]?.some((known) => isNamed(word, known)),
  );
  return named ?? kind.plain;
}

function chooseWord(names: readonly string[], words: MarkedWord[], mapped: string | undefined): MarkedWord | undefined {
  const named = names.map((name) => words.find((word) => isNamed(word, name))).find((word) => word !== undefined);
  return words.find(({ value }) => value === mapped) ?? named ?? words.find((word) => word.isDefault) ?? words[0];
}

function isNamed({ value, label }: TaskWord, name: string): boolean {
  return [value, label].some((text) => text.trim().toLowerCase() === name.toLowerCase());
}
