import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { canonicalOf, pairOf, toHubSpotValue, toSalesforceValue } from "./canonical-value";
import { personOnOtherSide } from "./owner-of";
import { listPairings, pairPeople } from "./pair-people";
import type { FieldSchema, Person } from "./record-types";

const person = (email: string, active = true): Person => ({ email, active });
const owner = (name: string): FieldSchema => ({
  name,
  label: name,
  kind: "owner",
  remoteType: "owner",
  readOnly: false,
  calculated: false,
});
const mapping = {
  id: "m",
  hubspotProperty: "hubspot_owner_id",
  leadField: "OwnerId",
  contactField: "OwnerId",
  rule: "two_way" as const,
  valueMap: {},
};
const fieldPair = (people: ReturnType<typeof pairPeople>) =>
  pairOf(mapping, owner("hubspot_owner_id"), owner("OwnerId"), people);

const PEOPLE = {
  hubspotOwners: { "1": person("ann@example.com"), "2": person("bob@example.com"), "3": person("cleo@example.com") },
  salesforceUsers: {
    A: person("Ann@Example.com"),
    B: person("bob@elsewhere.com"),
    C: person("cleo@example.com", false),
  },
};

describe("O1: owners and users", () => {
  test("O1: by address, by hand, or not at all", () => {
    expect(Object.fromEntries(listPairings(PEOPLE, { "2": "B", "3": "C" }))).toEqual({
      "1": { userId: "A", how: "email" },
      "2": { userId: "B", how: "hand" },
      // Inactive users are never written.
      "3": { userId: null, how: "none" },
    });
  });

  test("O1: a pair by hand goes before the address, and takes its user away from the address", () => {
    const pairings = listPairings(PEOPLE, { "2": "A" });
    expect(pairings.get("2")).toEqual({ userId: "A", how: "hand" });
    expect(pairings.get("1")).toEqual({ userId: null, how: "none" });
  });

  test("O1: a pair with somebody who is not there is no pair", () => {
    expect(listPairings(PEOPLE, { "1": "gone", constructor: "A" }).get("1")).toEqual({ userId: null, how: "none" });
  });

  const id = fc.constantFrom("1", "2", "3", "4", "constructor", "__proto__x");
  const userId = fc.constantFrom("A", "B", "C", "D", "toString");
  const somebody = fc.record({
    email: fc.constantFrom("a@x.com", "b@x.com", " A@X.com", ""),
    active: fc.boolean(),
  });
  const everybody = fc.record({
    hubspotOwners: fc.dictionary(id, somebody),
    salesforceUsers: fc.dictionary(userId, somebody),
  });

  test("D47, O1: what is written for an owner is active, comes back as the same owner, and is the pair's where there is one", () => {
    fc.assert(
      fc.property(everybody, fc.dictionary(id, userId), (people, pairs) => {
        const paired = pairPeople(people, pairs);
        const pair = fieldPair(paired);
        for (const own of Object.keys(people.hubspotOwners)) {
          const canonical = canonicalOf(pair, "hubspot", own);
          const sent = toSalesforceValue(pair, canonical);
          const wanted = Object.hasOwn(pairs, own) ? pairs[own] : undefined;
          if (!sent.ok) continue;
          expect(people.salesforceUsers[String(sent.value)]?.active).toBe(true);
          if (wanted !== undefined) expect(sent.value).toBe(wanted);
          expect(canonicalOf(pair, "salesforce", sent.value)).toBe(canonical);
          expect(personOnOtherSide("hubspot", own, paired)).toBe(sent.value);
          const back = toHubSpotValue(pair, canonicalOf(pair, "salesforce", sent.value));
          if (back.ok) expect(canonicalOf(pair, "hubspot", back.value)).toBe(canonical);
        }
      }),
    );
  });

  test("D47, O1: without pairs nothing changes, and the pairing that is shown is the one that is written", () => {
    fc.assert(
      fc.property(everybody, fc.dictionary(id, userId), (people, pairs) => {
        expect(pairPeople(people, {})).toEqual(people);
        const pair = fieldPair(pairPeople(people, pairs));
        for (const [own, shown] of listPairings(people, pairs)) {
          const sent = toSalesforceValue(pair, canonicalOf(pair, "hubspot", own));
          expect(shown.userId).toBe(sent.ok ? sent.value : null);
        }
      }),
    );
  });
});
