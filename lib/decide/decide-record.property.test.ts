import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalOf, isSameValue, pairOf, toHubSpotValue, toSalesforceValue } from "./canonical-value";
import { decideRecord } from "./decide-record";
import type { RecordDecision } from "./decision-types";
import { findMappedChanges } from "./find-due";
import { planBase } from "./plan-base";
import type { RecordSnapshot } from "./record-snapshot";
import type { Base, FieldMapping, Values } from "./record-types";
import { mappingsOf, settingsOf, valuesOf, type World, worldArbitrary } from "./testing/arbitraries";

/** All properties together run well over 100,000 cases in CI; PROPERTY_RUNS raises it for a soak. */
const RUNS = Number(process.env.PROPERTY_RUNS ?? 20_000);
type Plan = Extract<RecordDecision, { kind: "plan" }>;

function baseOf(world: World): Base | null {
  const known = world.fields.filter((f) => f.base !== null);
  if (known.length === 0) return null;
  return {
    hubspot: Object.fromEntries(known.map((f) => [f.property, f.base?.hubspot ?? null])),
    salesforce: Object.fromEntries(known.map((f) => [f.field, f.base?.salesforce ?? null])),
  };
}

function snapshotOf(
  world: World,
  values = { hubspot: valuesOf(world, "hubspot"), salesforce: valuesOf(world, "salesforce") },
  base = baseOf(world),
): RecordSnapshot {
  return {
    hubspot: { id: "1", values: { email: "a@x.jp", ...values.hubspot }, modifiedAt: 0 },
    salesforce: { id: "003", type: world.type, values: values.salesforce, modifiedAt: world.salesforceEditedAt },
    base,
    partnerTaken: false,
    missing: null,
    hubspotEditTimes: Object.fromEntries(world.fields.map((f) => [f.property, f.hubspotEditedAt])),
  };
}

function plan(snapshot: RecordSnapshot, world: World, mappings?: FieldMapping[]): Plan {
  const decision = decideRecord(snapshot, settingsOf(world, mappings));
  if (decision.kind !== "plan") throw new Error(`expected a plan, got ${decision.kind}`);
  return decision;
}

function carryOut(snapshot: RecordSnapshot, decided: Plan): { hubspot: Values; salesforce: Values } {
  return {
    hubspot: { ...snapshot.hubspot?.values, ...decided.hubspot?.values },
    salesforce: { ...snapshot.salesforce?.values, ...decided.salesforce?.values },
  };
}

const sorted = (decision: Plan) => decision.fields.toSorted((a, b) => (a.mappingId < b.mappingId ? -1 : 1));

describe("decideRecord over all rules, kinds and three correlated states", () => {
  it("D5: a second decision right after a sync does nothing", () => {
    fc.assert(
      fc.property(worldArbitrary(), (world) => {
        const snapshot = snapshotOf(world);
        const first = plan(snapshot, world);
        const after = carryOut(snapshot, first);
        const base = planBase(snapshot.base, after, first.fields, { hubspot: false, salesforce: false });
        const second = plan(snapshotOf(world, after, base), world);
        expect({ hubspot: second.hubspot, salesforce: second.salesforce }).toEqual({ hubspot: null, salesforce: null });
      }),
      { numRuns: RUNS, ...(process.env.PROPERTY_SEED ? { seed: Number(process.env.PROPERTY_SEED) } : {}) },
    );
  });

  it("D5: nor when a CRM stored something else than was sent", () => {
    fc.assert(
      fc.property(worldArbitrary(), fc.string(), (world, whim) => {
        const snapshot = snapshotOf(world);
        const first = plan(snapshot, world);
        const sent = carryOut(snapshot, first);
        const stored = { hubspot: { ...sent.hubspot }, salesforce: { ...sent.salesforce } };
        for (const name of Object.keys(first.hubspot?.values ?? {})) stored.hubspot[name] = whim;
        for (const name of Object.keys(first.salesforce?.values ?? {})) stored.salesforce[name] = whim;
        const base = planBase(snapshot.base, stored, first.fields, { hubspot: false, salesforce: false });
        const second = plan(snapshotOf(world, stored, base), world);
        expect({ hubspot: second.hubspot, salesforce: second.salesforce }).toEqual({ hubspot: null, salesforce: null });
      }),
      { numRuns: RUNS, ...(process.env.PROPERTY_SEED ? { seed: Number(process.env.PROPERTY_SEED) } : {}) },
    );
  });

  it("D14: the result does not depend on the order of mappings", () => {
    fc.assert(
      fc.property(worldArbitrary(5), fc.integer(), (world, turn) => {
        const mappings = mappingsOf(world);
        const at = Math.abs(turn) % mappings.length;
        const turned = [...mappings.slice(at), ...mappings.slice(0, at)].reverse();
        const one = plan(snapshotOf(world), world);
        const other = plan(snapshotOf(world), world, turned);
        expect(sorted(other)).toEqual(sorted(one));
        expect([other.hubspot, other.salesforce]).toEqual([one.hubspot, one.salesforce]);
      }),
      { numRuns: RUNS, ...(process.env.PROPERTY_SEED ? { seed: Number(process.env.PROPERTY_SEED) } : {}) },
    );
  });

  it("D6: on the first sync a blank never erases a value", () => {
    fc.assert(
      fc.property(worldArbitrary(), (world) => {
        const snapshot = { ...snapshotOf(world), base: null };
        for (const field of plan(snapshot, world).fields) {
          if (field.decision.action !== "write") continue;
          const { value } = field.decision;
          expect(value === null || value === "" || (typeof value === "string" && value.trim() === "")).toBe(false);
        }
      }),
      { numRuns: RUNS, ...(process.env.PROPERTY_SEED ? { seed: Number(process.env.PROPERTY_SEED) } : {}) },
    );
  });

  it("D11, D12: Don't sync and read-only sides are never written", () => {
    fc.assert(
      fc.property(worldArbitrary(), (world) => {
        const decided = plan(snapshotOf(world), world);
        for (const f of world.fields) {
          const blockedH = f.rule === "dont_sync" && f.kindCase.kind !== "owner";
          if (f.readOnlyHubSpot || blockedH)
            expect(Object.keys(decided.hubspot?.values ?? {})).not.toContain(f.property);
          if (f.readOnlySalesforce || blockedH)
            expect(Object.keys(decided.salesforce?.values ?? {})).not.toContain(f.field);
        }
      }),
      { numRuns: RUNS, ...(process.env.PROPERTY_SEED ? { seed: Number(process.env.PROPERTY_SEED) } : {}) },
    );
  });

  it("D9: Always rules never let the other side win once the pair was in sync", () => {
    fc.assert(
      fc.property(worldArbitrary(), (world) => {
        for (const field of plan(snapshotOf(world), world).fields) {
          const source = world.fields.find((f) => f.property === field.mappingId);
          if (!source?.base || source.kindCase.kind === "owner" || field.decision.action !== "write") continue;
          if (source.rule === "always_salesforce") expect(field.decision.winner).toBe("salesforce");
          if (source.rule === "always_hubspot") expect(field.decision.winner).toBe("hubspot");
        }
      }),
      { numRuns: RUNS, ...(process.env.PROPERTY_SEED ? { seed: Number(process.env.PROPERTY_SEED) } : {}) },
    );
  });

  it("D17: what failed to arrive is tried again, what arrived is not", () => {
    fc.assert(
      fc.property(worldArbitrary(), (world) => {
        const snapshot = snapshotOf(world);
        const first = plan(snapshot, world);
        const after = {
          hubspot: snapshot.hubspot?.values ?? {},
          salesforce: { ...snapshot.salesforce?.values, ...first.salesforce?.values },
        };
        const base = planBase(snapshot.base, after, first.fields, { hubspot: true, salesforce: false });
        const second = plan(snapshotOf(world, after, base), world);
        expect(second.hubspot).toEqual(first.hubspot);
        expect(second.salesforce).toBeNull();
      }),
      { numRuns: RUNS, ...(process.env.PROPERTY_SEED ? { seed: Number(process.env.PROPERTY_SEED) } : {}) },
    );
  });

  it("D18, D19: a synced record is due exactly when a decision would have something to look at", () => {
    fc.assert(
      fc.property(worldArbitrary(), (world) => {
        const snapshot = snapshotOf(world);
        const first = plan(snapshot, world);
        const after = carryOut(snapshot, first);
        const base = planBase(snapshot.base, after, first.fields, { hubspot: false, salesforce: false });
        const settings = settingsOf(world);
        expect(findMappedChanges("hubspot", world.type, after.hubspot, base, settings)).toEqual([]);
        expect(findMappedChanges("salesforce", world.type, after.salesforce, base, settings)).toEqual([]);
      }),
      { numRuns: RUNS, ...(process.env.PROPERTY_SEED ? { seed: Number(process.env.PROPERTY_SEED) } : {}) },
    );
  });

  it("D2: a canonical value comes back as itself after it was sent to either side", () => {
    fc.assert(
      fc.property(worldArbitrary(1), (world) => {
        const settings = settingsOf(world);
        const [mapping] = mappingsOf(world);
        const [f] = world.fields;
        const h = settings.schemas.hubspot[f?.property ?? ""];
        const s = settings.schemas.Lead[f?.field ?? ""];
        if (!mapping || !f || !h || !s) throw new Error("a world has at least one field");
        const pair = pairOf(mapping, h, s, settings);
        const fromH = canonicalOf(pair, "hubspot", f.hubspot);
        const fromS = canonicalOf(pair, "salesforce", f.salesforce);
        const toS = toSalesforceValue(pair, fromH);
        if (toS.ok) expect(isSameValue(pair.kind, canonicalOf(pair, "salesforce", toS.value), fromH)).toBe(true);
        const toH = toHubSpotValue(pair, fromS);
        if (toH.ok) expect(isSameValue(pair.kind, canonicalOf(pair, "hubspot", toH.value), fromS)).toBe(true);
      }),
      { numRuns: RUNS, ...(process.env.PROPERTY_SEED ? { seed: Number(process.env.PROPERTY_SEED) } : {}) },
    );
  });
});
