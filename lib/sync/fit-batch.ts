import type { Values } from "@/lib/decide/record-types";
import type { ClaimedRecord } from "@/lib/store/record-claims";

/** About 40 MB with all copies that a batch makes; ordinary contacts have 2,000 characters and fill 4 million. */
const MAX_CHARACTERS = 6_000_000;

/**
 * How many of the claimed records, from the first on, are worked off together. Notes of 65,536 characters on every
 * record must not make a batch outgrow the process; at least one record always goes.
 */
export function countFitting(records: ClaimedRecord[], maxCharacters = MAX_CHARACTERS): number {
  let characters = 0;
  for (const [index, record] of records.entries()) {
    characters += countCharacters(record.hubspotValues) + countCharacters(record.salesforceValues);
    if (characters > maxCharacters && index > 0) return index;
  }
  return records.length;
}

function countCharacters(values: Values | null): number {
  let characters = 0;
  for (const value of Object.values(values ?? {})) characters += typeof value === "string" ? value.length : 8;
  return characters;
}
