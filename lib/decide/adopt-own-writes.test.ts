import { describe, expect, it } from "vitest";
import { adoptOwnWrites, type UncertainWrite } from "./adopt-own-writes";

const base = { hubspot: { owner: "1", city: "Oslo" }, salesforce: { OwnerId: "A", City: "Oslo" } };
const toHubSpot: UncertainWrite = {
  ...{ side: "hubspot", hubspotProperty: "owner", salesforceField: "OwnerId", after: "2", source: "B" },
};

describe("D56: what an outage left open", () => {
  it("D56: a value that stands is ours, with its source beside it; everything else keeps its base", () => {
    const held = { hubspot: { owner: "2", city: "Bergen" }, salesforce: { OwnerId: "A", City: "Oslo" } };
    expect(adoptOwnWrites(base, held, [toHubSpot])).toEqual({
      hubspot: { owner: "2", city: "Oslo" },
      salesforce: { OwnerId: "B", City: "Oslo" },
    });
  });

  it("D56: a value that does not stand never arrived, or somebody edited it since: the base stays", () => {
    const held = { hubspot: { owner: "3", city: "Oslo" }, salesforce: { OwnerId: "B", City: "Oslo" } };
    expect(adoptOwnWrites(base, held, [toHubSpot])).toEqual(base);
  });

  it("D56: of several tries the newest that stands counts, in either direction; a number is its text", () => {
    const held = { hubspot: { amount: "7" }, salesforce: { Amount: 5 } };
    const write = (
      side: "hubspot" | "salesforce",
      after: string | number,
      source: string | number,
    ): UncertainWrite => ({
      ...{ side, hubspotProperty: "amount", salesforceField: "Amount", after, source },
    });
    const empty = { hubspot: {}, salesforce: {} };
    const tries = [write("salesforce", 6, "6"), write("salesforce", "5", "5"), write("hubspot", "7", 7)];
    expect(adoptOwnWrites(empty, held, tries)).toEqual({ hubspot: { amount: "5" }, salesforce: { Amount: 5 } });
  });
});
