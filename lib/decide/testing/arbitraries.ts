import fc from "fast-check";
import type {
  FieldKind,
  FieldMapping,
  FieldSchema,
  Person,
  RawValue,
  SyncSettings,
  UpdateRule,
  Values,
} from "../record-types";
import { emptySchemas, UPDATE_RULES } from "../record-types";

/** Kinds that meet in practice, with raw values as each vendor would send them for a handful of "same" values. */
type KindCase = {
  kind: FieldKind;
  hubspot: FieldKind;
  salesforce: FieldKind;
  values: { hubspot: RawValue[]; salesforce: RawValue[] };
};

export const HUBSPOT_OWNERS: Record<string, Person> = {
  "11": { email: "hana@example.com", active: true },
  "12": { email: "ken@example.com", active: true },
  "13": { email: "left@example.com", active: false },
};
export const SALESFORCE_USERS: Record<string, Person> = {
  "005A": { email: "Hana@example.com", active: true },
  "005B": { email: "ken@example.com", active: true },
  "005C": { email: "only-salesforce@example.com", active: true },
};

/** Index i of both lists is one value; blanks differ by vendor on purpose. */
export const KIND_CASES: KindCase[] = [
  {
    kind: "text",
    hubspot: "text",
    salesforce: "text",
    values: {
      hubspot: [null, "", "CFO", " CFO ", "営業部長", "0"],
      salesforce: [null, "", "CFO", "CTO", "営業部長", "0"],
    },
  },
  {
    kind: "longtext",
    hubspot: "longtext",
    salesforce: "longtext",
    values: { hubspot: ["", "a\nb", "a\r\nb", "x"], salesforce: [null, "a\nb", "a\r\nb", "y"] },
  },
  {
    kind: "email",
    hubspot: "email",
    salesforce: "email",
    values: { hubspot: [null, "A@x.jp", "b@x.jp"], salesforce: [null, "a@x.jp", "B@x.jp "] },
  },
  {
    kind: "number",
    hubspot: "number",
    salesforce: "number",
    values: { hubspot: [null, "1000", "1000.50", "-0", "007", "1e3"], salesforce: [null, 1000, 1000.5, 0, 7, 12.25] },
  },
  {
    kind: "boolean",
    hubspot: "boolean",
    salesforce: "boolean",
    values: { hubspot: [null, "true", "false", ""], salesforce: [false, true, false, true] },
  },
  {
    kind: "date",
    hubspot: "date",
    salesforce: "date",
    values: { hubspot: [null, "2026-11-23", "1795392000000"], salesforce: [null, "2026-11-23", "2026-01-01"] },
  },
  {
    kind: "datetime",
    hubspot: "datetime",
    salesforce: "datetime",
    values: {
      hubspot: [null, "2026-11-23T10:00:00.123Z", "2026-11-23T10:00:01Z"],
      salesforce: [null, "2026-11-23T10:00:00.000+0000", "2026-11-23T10:00:01.000+0000"],
    },
  },
  {
    kind: "picklist",
    hubspot: "picklist",
    salesforce: "picklist",
    values: { hubspot: [null, "new", "open_deal", "gone"], salesforce: [null, "New", "Open", "Elsewhere"] },
  },
  {
    kind: "multipicklist",
    hubspot: "multipicklist",
    salesforce: "multipicklist",
    values: { hubspot: [null, "a;b", "b;a", "c"], salesforce: [null, "a;b", "b;a", "a"] },
  },
  {
    kind: "owner",
    hubspot: "owner",
    salesforce: "owner",
    values: { hubspot: [null, "11", "12", "13", "99"], salesforce: ["005A", "005B", "005C", "005Z"] },
  },
];

const OPTIONS = {
  hubspot: [
    { value: "new", label: "New", active: true },
    { value: "open_deal", label: "Open", active: true },
    { value: "gone", label: "Gone", active: true },
  ],
  salesforce: [
    { value: "New", label: "New", active: true },
    { value: "Open", label: "Open", active: true },
  ],
};

export function schemaFor(
  name: string,
  side: "hubspot" | "salesforce",
  kind: FieldKind,
  readOnly: boolean,
): FieldSchema {
  return {
    name,
    label: name,
    kind,
    remoteType: kind,
    readOnly,
    calculated: readOnly,
    ...(kind === "picklist" ? { options: OPTIONS[side] } : {}),
  };
}

export type WorldField = {
  property: string;
  field: string;
  kindCase: KindCase;
  rule: UpdateRule;
  readOnlyHubSpot: boolean;
  readOnlySalesforce: boolean;
  base: { hubspot: RawValue; salesforce: RawValue } | null;
  hubspot: RawValue;
  salesforce: RawValue;
  hubspotEditedAt: number;
};

/** Three correlated states: each side is the base's value most of the time, another value or a blank otherwise. */
function fieldArbitrary(index: number): fc.Arbitrary<WorldField> {
  return fc.constantFrom(...KIND_CASES).chain((kindCase) => {
    const h = fc.constantFrom(...kindCase.values.hubspot);
    const s = fc.constantFrom(...kindCase.values.salesforce);
    return fc
      .record({
        rule: fc.constantFrom(...UPDATE_RULES),
        readOnlyHubSpot: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
        readOnlySalesforce: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
        first: fc.integer({ min: 0, max: 3 }).map((n) => n === 0),
        baseH: h,
        baseS: s,
        editH: fc.boolean(),
        editS: fc.boolean(),
        nextH: h,
        nextS: s,
        hubspotEditedAt: fc.integer({ min: 0, max: 4 }).map((n) => 1_795_000_000_000 + n * 700),
      })
      .map((r) => ({
        property: `p${index}`,
        field: `F${index}`,
        kindCase,
        rule: r.rule,
        readOnlyHubSpot: r.readOnlyHubSpot,
        readOnlySalesforce: r.readOnlySalesforce,
        base: r.first ? null : { hubspot: r.baseH, salesforce: r.baseS },
        hubspot: r.editH ? r.nextH : r.baseH,
        salesforce: r.editS ? r.nextS : r.baseS,
        hubspotEditedAt: r.hubspotEditedAt,
      }));
  });
}

export type World = { fields: WorldField[]; salesforceEditedAt: number; type: "Lead" | "Contact" };

export function worldArbitrary(maxFields = 4): fc.Arbitrary<World> {
  return fc.record({
    fields: fc
      .integer({ min: 1, max: maxFields })
      .chain((n) => fc.tuple(...Array.from({ length: n }, (_, i) => fieldArbitrary(i)))),
    salesforceEditedAt: fc.integer({ min: 0, max: 3 }).map((n) => 1_795_000_000_000 + n * 1000),
    type: fc.constantFrom("Lead" as const, "Contact" as const),
  });
}

export function settingsOf(world: World, mappings: FieldMapping[] = mappingsOf(world)): SyncSettings {
  const salesforce = Object.fromEntries(
    world.fields.map((f) => [f.field, schemaFor(f.field, "salesforce", f.kindCase.salesforce, f.readOnlySalesforce)]),
  );
  return {
    connectionActive: true,
    object: "contact",
    objectSyncOn: true,
    creation: {
      toHubSpot: { Lead: "create", Contact: "create" },
      toSalesforce: "Lead",
      defaults: { Lead: {}, Contact: {} },
    },
    mappings,
    schemas: {
      ...emptySchemas(),
      hubspot: Object.fromEntries(
        world.fields.map((f) => [f.property, schemaFor(f.property, "hubspot", f.kindCase.hubspot, f.readOnlyHubSpot)]),
      ),
      Lead: salesforce,
      Contact: salesforce,
    },
    hubspotOwners: HUBSPOT_OWNERS,
    salesforceUsers: SALESFORCE_USERS,
  };
}

export function mappingsOf(world: World): FieldMapping[] {
  return world.fields.map((f) => ({
    id: f.property,
    hubspotProperty: f.property,
    leadField: f.field,
    contactField: f.field,
    rule: f.rule,
    valueMap: {},
  }));
}

export function valuesOf(world: World, side: "hubspot" | "salesforce"): Values {
  return Object.fromEntries(world.fields.map((f) => [side === "hubspot" ? f.property : f.field, f[side]]));
}
