import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { emailsOfHubSpot, matchSalesforceRecord, type SalesforceCandidate } from "./match-records";

const candidate = (c: Partial<SalesforceCandidate>): SalesforceCandidate => ({
  id: "00Q1",
  type: "Lead",
  name: "",
  email: "a@x.jp",
  modifiedAt: 0,
  isConverted: false,
  hubspotId: null,
  pairedElsewhere: false,
  ...c,
});

describe("D20: which Salesforce record a contact is linked to", () => {
  it("M6: the one that carries the contact's id from an earlier create", () => {
    const own = candidate({ id: "00Q9", hubspotId: "7" });
    expect(matchSalesforceRecord("7", [candidate({ id: "0031", type: "Contact" }), own]).chosen).toBe(own);
  });
  it("M2: a contact before a lead, then the latest change, then the id", () => {
    const old = candidate({ id: "0032", type: "Contact", modifiedAt: 1 });
    const late = candidate({ id: "0031", type: "Contact", modifiedAt: 5 });
    expect(matchSalesforceRecord("7", [candidate({ modifiedAt: 99 }), old, late]).chosen).toBe(late);
    const twin = candidate({ id: "0030", type: "Contact", modifiedAt: 5 });
    expect(matchSalesforceRecord("7", [late, twin]).chosen).toBe(twin);
  });
  it("M4: never a converted lead, never a record that is paired", () => {
    const taken = [candidate({ isConverted: true }), candidate({ id: "00Q2", pairedElsewhere: true })];
    expect(matchSalesforceRecord("7", taken)).toMatchObject({ chosen: null, others: taken });
  });
  it("does not depend on the order in which candidates come", () => {
    const one = fc.record({
      id: fc.stringMatching(/^00[Q3][0-9]$/),
      type: fc.constantFrom("Lead" as const, "Contact" as const),
      modifiedAt: fc.integer({ min: 0, max: 3 }),
      isConverted: fc.boolean(),
      hubspotId: fc.constantFrom(null, "7", "8"),
      pairedElsewhere: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.uniqueArray(one, { selector: (c) => c.id }), fc.infiniteStream(fc.nat()), (list, dice) => {
        const candidates = list.map(candidate);
        const shuffled = candidates
          .map((c) => ({ c, at: dice.next().value ?? 0 }))
          .toSorted((a, b) => a.at - b.at)
          .map((x) => x.c);
        expect(matchSalesforceRecord("7", shuffled)).toEqual(matchSalesforceRecord("7", candidates));
      }),
      { numRuns: 2_000 },
    );
  });
});

it("D21, M1: addresses are trimmed, lower-case and include the secondary ones", () => {
  expect(emailsOfHubSpot({ email: " A@X.jp ", hs_additional_emails: "b@x.jp; a@x.JP;" })).toEqual(["a@x.jp", "b@x.jp"]);
});
