import type { SalesforceType } from "./record-types";

/** Key prefixes are the same in every org. */
const TYPE_OF_PREFIX: Record<string, SalesforceType> = {
  "00Q": "Lead",
  "003": "Contact",
  "001": "Account",
  "006": "Opportunity",
  "00T": "Task",
  "00U": "Event",
  "00v": "CampaignMember",
};

/** The type of a record by its id; undefined for a type that we do not sync. */
export function typeOfId(id: string): SalesforceType | undefined {
  return TYPE_OF_PREFIX[id.slice(0, 3)];
}

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";

/**
 * The 18-character form of a Salesforce id, as the API and our rows have it. People also copy the 15-character form from
 * addresses and reports; its case matters, and three letters more tell which of each five are capitals.
 */
export function toLongId(id: string): string {
  if (id.length !== 15) return id;
  const suffix = [0, 5, 10].map((start) => {
    const bits = [...id.slice(start, start + 5)].map((letter, place) => (/[A-Z]/.test(letter) ? 1 << place : 0));
    return LETTERS[bits.reduce((sum, bit) => sum + bit, 0)];
  });
  return id + suffix.join("");
}

/**
 * The Salesforce id in a text that people can write into, or null: only an id may be asked for, and one text that is none
 * would refuse the question about everybody else. `prefix` names the kind of record ("001" an account).
 */
export function readSalesforceId(text: string | null, prefix: string): string | null {
  const id = text?.trim() ?? "";
  return id.startsWith(prefix) && /^[0-9A-Za-z]{15}(?:[0-9A-Za-z]{3})?$/.test(id) ? id : null;
}
