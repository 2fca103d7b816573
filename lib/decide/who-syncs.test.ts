import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decideRecord } from "./decide-record";
import { creationTypeOf, findCrossed, findUnmet, meetsConditions } from "./meets-conditions";
import type { RecordSnapshot } from "./record-snapshot";
import type { CreationSettings, FieldCondition, SyncSettings } from "./record-types";
import { settingsOf, valuesOf, type World, worldArbitrary } from "./testing/arbitraries";

const LIST = { listId: "7", name: "Customers" };
const sides = fc.constantFrom("both", "hubspot", "salesforce");

function snapshotOf(world: World, present: string, more: Partial<RecordSnapshot>): RecordSnapshot {
  const hubspot = { id: "1", values: { email: "a@x.jp", ...valuesOf(world, "hubspot") }, modifiedAt: 0 };
  const values = { Email: "a@x.jp", ...valuesOf(world, "salesforce") };
  return {
    hubspot: present === "salesforce" ? null : hubspot,
    salesforce: present === "hubspot" ? null : { id: "003", type: world.type, values, modifiedAt: 0 },
    base: null,
    partnerTaken: false,
    missing: null,
    hubspotEditTimes: Object.fromEntries(world.fields.map((f) => [f.property, 0])),
    ...more,
  };
}

describe("G2: the inclusion list", () => {
  it("D50: outside nothing is written in either direction, and the list is the reason", () => {
    fc.assert(
      fc.property(worldArbitrary(), fc.constantFrom("both", "hubspot"), (world, present) => {
        const settings = { ...settingsOf(world), inclusionList: LIST };
        const decision = decideRecord(snapshotOf(world, present, { inList: false }), settings);
        expect(decision).toMatchObject({ kind: "excluded", reason: "not_in_inclusion_list" });
      }),
      { numRuns: 2_000 },
    );
  });
  it("D50: inside, and without a list, it decides nothing", () => {
    fc.assert(
      fc.property(worldArbitrary(), sides, (world, present) => {
        const without = decideRecord(snapshotOf(world, present, {}), settingsOf(world));
        const inside = decideRecord(snapshotOf(world, present, { inList: present === "salesforce" ? null : true }), {
          ...settingsOf(world),
          inclusionList: LIST,
        });
        const { gates: _, ...left } = without as { gates?: unknown };
        const { gates: __, ...right } = inside as { gates?: unknown };
        expect(right).toEqual(left);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe("C3: deletes", () => {
  const deleting = { salesforce: "archive", hubspot: "delete" } as const;
  const gone = (world: World, side: "hubspot" | "salesforce", more: Partial<RecordSnapshot> = {}) =>
    snapshotOf(world, side === "hubspot" ? "salesforce" : "hubspot", { deletedIn: side, ...more });

  it("D51: a confirmed delete is carried out on the other side only where that is set, and nothing else is written", () => {
    fc.assert(
      fc.property(worldArbitrary(), fc.constantFrom("hubspot" as const, "salesforce" as const), (world, side) => {
        const settings: SyncSettings = { ...settingsOf(world), whenDeleted: deleting };
        const other = side === "hubspot" ? "salesforce" : "hubspot";
        expect(decideRecord(gone(world, side), settings)).toMatchObject({ kind: "delete", side: other });
        expect(decideRecord(gone(world, side), settingsOf(world))).toMatchObject({
          kind: "excluded",
          reason: "deleted",
        });
        const onlyOther = { ...deleting, [side]: "nothing" };
        expect(decideRecord(gone(world, side), { ...settings, whenDeleted: onlyOther })).toMatchObject({
          kind: "excluded",
          reason: "deleted",
        });
      }),
      { numRuns: 2_000 },
    );
  });
  it("D51: never outside the list, for a record that the filter leaves out, or where the other record is gone too", () => {
    fc.assert(
      fc.property(worldArbitrary(), fc.constantFrom("hubspot" as const, "salesforce" as const), (world, side) => {
        const settings: SyncSettings = { ...settingsOf(world), whenDeleted: deleting, inclusionList: LIST };
        expect(decideRecord(gone(world, side, { inList: false }), settings).kind).toBe("excluded");
        const both = gone(world, side, { hubspot: null, salesforce: null, inList: true });
        expect(decideRecord(both, settings)).toMatchObject({ kind: "excluded", reason: "deleted" });
        const filter: FieldCondition[] = [{ field: "Email", operator: "is_blank", values: [] }];
        const lastSalesforce = { id: "003", type: world.type, values: { Email: "a@x.jp" }, modifiedAt: 0 };
        const filtered = decideRecord(gone(world, side, { inList: true, lastSalesforce }), {
          ...settings,
          salesforceFilter: { [world.type]: filter },
        });
        expect(filtered).toMatchObject({ kind: "excluded", reason: "filtered_out" });
      }),
      { numRuns: 2_000 },
    );
  });
  it("D51: a record that is only not visible is never deleted along", () => {
    const world = fc.sample(worldArbitrary(), 1)[0] as World;
    const settings: SyncSettings = { ...settingsOf(world), whenDeleted: deleting };
    for (const [present, missing] of [
      ["hubspot", "salesforce"],
      ["salesforce", "hubspot"],
    ] as const) {
      expect(decideRecord(snapshotOf(world, present, { missing }), settings).kind).toBe("excluded");
    }
  });
});

describe("G4: conditions", () => {
  const value = fc.option(fc.constantFrom("a", "B", " a ", "7", "10", "2026-01-01", ""), { nil: null });
  const condition: fc.Arbitrary<FieldCondition> = fc.record({
    field: fc.constantFrom("A", "B"),
    operator: fc.constantFrom(
      "is" as const,
      "is_not" as const,
      "contains" as const,
      "not_contains" as const,
      "is_blank" as const,
      "is_not_blank" as const,
      "greater" as const,
      "less" as const,
    ),
    values: fc.array(fc.constantFrom("a", "b", "8", "2026-01-02"), { minLength: 1, maxLength: 2 }),
  });
  const values = fc.record({ A: value, B: value });
  const known = {
    A: { name: "A", label: "A", kind: "text" as const, remoteType: "string", readOnly: false, calculated: false },
  };

  it("D52: a record crosses the filter exactly when one reading meets it and the other does not", () => {
    fc.assert(
      fc.property(values, values, fc.array(condition, { maxLength: 3 }), (before, now, conditions) => {
        const crossed = meetsConditions(before, conditions) !== meetsConditions(now, conditions);
        expect(findCrossed(before, now, conditions).length > 0).toBe(crossed);
        expect(findUnmet(now, conditions, {}) === null).toBe(meetsConditions(now, conditions));
      }),
      { numRuns: 5_000 },
    );
  });
  it("D52, C2: a rule for new records that looks at a property which is gone does not decide: the setting does", () => {
    const creation: CreationSettings = {
      toHubSpot: {},
      toSalesforce: "Lead",
      rules: [{ conditions: [{ field: "B", operator: "is_not", values: ["customer"] }], create: "Contact" }],
      defaults: {},
    };
    expect(creationTypeOf({ A: "a" }, creation, known)).toBe("Lead");
    expect(creationTypeOf({ A: "a", B: "lead" }, creation, { ...known, B: { ...known.A, name: "B" } })).toBe("Contact");
  });
  it("D52: a condition on a field that is gone is never met", () => {
    fc.assert(
      fc.property(values, condition, (now, one) => {
        if (one.field === "B") expect(findUnmet(now, [one], known)).toEqual(one);
      }),
    );
  });
});
