import { describe, expect, test } from "vitest";
import type { FieldEnd, Mapping } from "@/lib/contracts/mappings";
import { countMappings, filterMappings, salesforceLines } from "./mapping-filter";
import { chooseField, EMPTY_FORM, inputOf, isSameForm, mergeNewer, readValueTable, sortFindings } from "./mapping-form";

function end(name: string, options: string[] = []): FieldEnd {
  return {
    name,
    label: name,
    kind: options.length > 0 ? "picklist" : "text",
    remoteType: "string",
    readOnly: false,
    calculated: false,
    required: false,
    length: null,
    options: options.map((value) => ({ value, label: value })),
  };
}

const mapping: Mapping = {
  id: "m1",
  object: "contact" as const,
  salesforceField: null,
  salesforce: null,
  hubspotProperty: "jobtitle",
  leadField: "Title",
  contactField: "Title",
  rule: "two_way",
  valueMap: {},
  isDefault: true,
  version: 1,
  updatedAt: "2026-01-01T00:00:00Z",
  updatedBy: null,
  hubspot: { ...end("jobtitle"), label: "Job title" },
  lead: end("Title"),
  contact: end("Title"),
  findings: [],
};

describe("the editor's form", () => {
  test("is incomplete without a property and without any Salesforce field", () => {
    expect(inputOf(EMPTY_FORM)).toBeNull();
    expect(inputOf({ ...EMPTY_FORM, hubspotProperty: "fax" })).toBeNull();
    expect(inputOf({ ...EMPTY_FORM, hubspotProperty: "fax", leadField: "Fax" })).toMatchObject({ leadField: "Fax" });
  });
  test("fills in the field of the same API name on the other object, and never over a choice", () => {
    const fields = { lead: [end("Title")], contact: [end("Title")] };
    const first = chooseField(EMPTY_FORM, "leadField", "Title", fields);
    expect(first).toMatchObject({ filled: "contactField", form: { leadField: "Title", contactField: "Title" } });
    const kept = chooseField({ ...EMPTY_FORM, contactField: "Fax" }, "leadField", "Title", fields);
    expect(kept).toMatchObject({ filled: null, form: { contactField: "Fax" } });
    expect(chooseField(EMPTY_FORM, "leadField", "Company", fields).form.contactField).toBeNull();
  });
  test("knows when nothing has changed, whatever the order of the value map", () => {
    const a = { ...EMPTY_FORM, valueMap: { x: "1", y: "2" } };
    expect(isSameForm(a, { ...EMPTY_FORM, valueMap: { y: "2", x: "1" } })).toBe(true);
    expect(isSameForm(a, EMPTY_FORM)).toBe(false);
  });
});

describe("a version conflict", () => {
  const opened = { ...EMPTY_FORM, hubspotProperty: "fax", leadField: "Fax", valueMap: { a: "A", b: "B" } };
  test("keeps what was typed and takes the rest from the newer version", () => {
    const typed = { ...opened, rule: "two_way" as const, valueMap: { a: "A2" } };
    const newer = { ...opened, leadField: "Phone", valueMap: { a: "A", b: "B", c: "C" } };
    expect(mergeNewer(opened, typed, newer)).toEqual({
      ...opened,
      leadField: "Phone",
      rule: "two_way",
      valueMap: { a: "A2", c: "C" },
    });
  });
  test("takes the newer version whole when nothing was typed", () => {
    const newer = { ...opened, rule: "always_hubspot" as const };
    expect(mergeNewer(opened, opened, newer)).toEqual(newer);
  });
});

describe("the value map editor", () => {
  test("finds same values by value and label regardless of case, and says what is unknown on either side", () => {
    const table = readValueTable(end("status", ["new", "Lost", "odd"]), [end("Status", ["New", "Won"])], {
      Lost: "Won",
    });
    expect(table?.rows.map((r) => [r.value, r.mapped, r.sameAs, r.unknown])).toEqual([
      ["new", null, "New", false],
      ["Lost", "Won", null, false],
      ["odd", null, null, true],
    ]);
    expect(table?.orphans).toEqual([]);
    expect(readValueTable(end("status", ["new"]), [end("Status", ["New", "Won"])], {})?.orphans).toEqual(["Won"]);
  });
  test("is absent when one end has no options", () => {
    expect(readValueTable(end("status", ["new"]), [end("Title")], {})).toBeNull();
  });
});

describe("the mapping list", () => {
  const warned: Mapping = {
    ...mapping,
    id: "m2",
    hubspotProperty: "notes",
    hubspot: null,
    leadField: "Description",
    contactField: null,
    rule: "dont_sync",
    findings: [{ severity: "warning", issue: "text_may_be_too_long", on: "Lead" }],
  };
  test("searches names and labels of both sides, every word", () => {
    expect(filterMappings([mapping, warned], "job TITLE", "all").map((m) => m.id)).toEqual(["m1"]);
    expect(filterMappings([mapping, warned], "description", "all").map((m) => m.id)).toEqual(["m2"]);
  });
  test("filters by notes and by rule, and counts each", () => {
    expect(filterMappings([mapping, warned], "", "warnings").map((m) => m.id)).toEqual(["m2"]);
    expect(countMappings([mapping, warned])).toEqual({ all: 2, warnings: 1, off: 1 });
  });
  test("shows one Salesforce line for one name and two for two", () => {
    expect(salesforceLines(mapping).map((l) => l.objects)).toEqual([["Lead", "Contact"]]);
    expect(salesforceLines({ ...mapping, leadField: "Street", lead: null }).map((l) => [l.name, l.missing])).toEqual([
      ["Street", true],
      ["Title", false],
    ]);
  });
  test("puts errors before warnings", () => {
    const error = { severity: "error", issue: "types_do_not_match", on: "Lead" } as const;
    expect(sortFindings([...warned.findings, error])[0]).toBe(error);
  });
});
