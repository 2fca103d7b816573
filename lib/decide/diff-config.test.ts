import fc from "fast-check";
import { expect, test } from "vitest";
import { type ConfigMappingValues, describeMappingChange, diffMappings, diffSettings } from "./diff-config";

const mapping = (hubspotProperty: string, more: Partial<ConfigMappingValues> = {}): ConfigMappingValues => ({
  hubspotProperty,
  leadField: "Phone",
  contactField: "Phone",
  salesforceField: null,
  rule: "two_way",
  valueMap: {},
  ...more,
});

test("X5: settings differ where they differ, and what is not named stays", () => {
  const current = { checkEveryMinutes: 15, company: { on: false, matchByDomain: true }, list: [1, 2], brakeAt: null };
  expect(diffSettings(current, { checkEveryMinutes: 5, company: { on: true }, list: [2, 1] })).toEqual([
    { path: "settings.checkEveryMinutes", before: 15, after: 5 },
    { path: "settings.company.on", before: false, after: true },
    { path: "settings.list", before: [1, 2], after: [2, 1] },
  ]);
  expect(diffSettings(current, { brakeAt: null, company: {} })).toEqual([]);
});

test("X5: a record of values tells each new, changed and emptied entry", () => {
  const current = { defaults: { Lead: { Company: "(unknown)" } } };
  expect(diffSettings(current, { defaults: { Lead: { Company: "-", LastName: "x" } } })).toEqual([
    { path: "settings.defaults.Lead.Company", before: "(unknown)", after: "-" },
    { path: "settings.defaults.Lead.LastName", before: undefined, after: "x" },
  ]);
});

test("X5: mappings are new, changed or gone by their property; an object that is left out stays", () => {
  const current = { contact: [mapping("phone"), mapping("city"), mapping("zip")], company: [mapping("name")] };
  const wanted = {
    contact: [mapping("zip"), mapping("phone", { rule: "dont_sync", valueMap: { a: "b" } }), mapping("fax")],
  };
  const changes = diffMappings(current, wanted);
  expect(changes.flatMap(describeMappingChange)).toEqual([
    { path: "mappings.contact.phone.rule", before: "two_way", after: "dont_sync" },
    { path: "mappings.contact.phone.valueMap.a", before: undefined, after: "b" },
    { path: "mappings.contact.city", before: mapping("city"), after: undefined },
    { path: "mappings.contact.fax", before: undefined, after: mapping("fax") },
  ]);
});

test("X5: a configuration does not differ from itself, in any order of its mappings", () => {
  const row = fc.record({
    hubspotProperty: fc.constantFrom("a", "b", "c", "d"),
    leadField: fc.constantFrom(null, "X", "Y"),
    contactField: fc.constantFrom(null, "X"),
    rule: fc.constantFrom("two_way" as const, "dont_sync" as const),
    valueMap: fc.dictionary(fc.constantFrom("p", "q"), fc.constantFrom("1", "2")),
  });
  const rows = fc.uniqueArray(row, { selector: (one) => one.hubspotProperty });
  fc.assert(
    fc.property(rows, fc.dictionary(fc.string(), fc.jsonValue()), (mappings, settings) => {
      expect(diffMappings({ contact: mappings }, { contact: mappings.toReversed() })).toEqual([]);
      expect(diffSettings(settings, structuredClone(settings))).toEqual([]);
    }),
  );
});
