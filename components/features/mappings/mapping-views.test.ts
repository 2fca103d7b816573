import { describe, expect, test } from "vitest";
import type { FieldEnd, Mapping } from "@/lib/contracts/mappings";
import { countMappings, filterMappings, NO_FILTER, salesforceLines } from "./mapping-filter";
import { chooseField, emptyForm, inputOf, isSameForm, mergeNewer, readValueTable, sortFindings } from "./mapping-form";
import { specialPairOf } from "./salesforce-ends";
import { readTrial } from "./tell-trial";

const EMPTY_FORM = emptyForm("contact");

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
    controlledBy: null,
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
    const fields = { lead: [end("Title")], contact: [end("Title")], salesforce: [] };
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
  const found = (search: string, filter = NO_FILTER) =>
    filterMappings([mapping, warned, company], search, filter).map((m) => m.id);
  const company: Mapping = {
    ...mapping,
    id: "m3",
    object: "company",
    hubspotProperty: "city",
    hubspot: end("city"),
    leadField: null,
    contactField: null,
    lead: null,
    contact: null,
    salesforceField: "BillingCity",
    salesforce: { ...end("BillingCity"), label: "Billing City", required: true },
  };
  test("searches names and labels of both sides, every word", () => {
    expect(found("job TITLE")).toEqual(["m1"]);
    expect(found("description")).toEqual(["m2"]);
    expect(found("billing")).toEqual(["m3"]);
  });
  test("filters by notes and by rule, together too, and counts each", () => {
    expect(found("", { withNotes: true, rule: null })).toEqual(["m2"]);
    expect(found("", { withNotes: false, rule: "two_way" })).toEqual(["m1", "m3"]);
    expect(found("", { withNotes: true, rule: "two_way" })).toEqual([]);
    expect(countMappings([mapping, warned, company])).toEqual({
      all: 3,
      withNotes: 1,
      rules: [
        { rule: "two_way", count: 2 },
        { rule: "dont_sync", count: 1 },
      ],
    });
  });
  test("shows one Salesforce line for one name and two for two", () => {
    expect(salesforceLines(mapping).map((l) => l.types)).toEqual([["Lead", "Contact"]]);
    const two = salesforceLines({ ...mapping, leadField: "Street", lead: null });
    expect(two.map((l) => [l.name, l.isMissing])).toEqual([
      ["Street", true],
      ["Title", false],
    ]);
    expect(salesforceLines(company)).toMatchObject([{ types: ["Account"], label: "Billing City", isRequired: true }]);
  });
  test("puts errors before warnings", () => {
    const error = { severity: "error", issue: "types_do_not_match", on: "Lead" } as const;
    expect(sortFindings([...warned.findings, error])[0]).toBe(error);
  });
});

describe("pairs whose values are decided elsewhere", () => {
  test("are owners (F15) and the stage of a deal (P2), and nothing else", () => {
    expect(specialPairOf({ ...emptyForm("company"), hubspotProperty: "hubspot_owner_id" })).toBe("owner");
    const stage = { ...emptyForm("deal"), hubspotProperty: "dealstage", salesforceField: "StageName" };
    expect(specialPairOf(stage)).toBe("stage");
    expect(specialPairOf({ ...stage, salesforceField: "Type" })).toBeNull();
  });
});

describe("the live example", () => {
  const field = {
    mappingId: "tried",
    hubspotProperty: "hubspot_owner_id",
    hubspotLabel: "Owner",
    salesforceField: "OwnerId",
    salesforceLabel: "Owner ID",
    rule: "two_way",
    hubspot: "71",
    salesforce: "005",
    hubspotText: "Ada",
    salesforceText: "Ben",
    base: null,
    baseText: null,
    action: "write" as const,
    writes: "hubspot" as const,
    winner: "salesforce" as const,
    reason: "salesforce_wins",
    conflict: false,
    after: "72",
  };
  test("F14: tells what would be written, by its name where one side knows it", () => {
    expect(readTrial({ field })).toMatchObject({ kind: "write", side: "hubspot", value: "72" });
    expect(readTrial({ field: { ...field, after: "005" } })).toMatchObject({ value: "Ben" });
    expect(readTrial({ field })).toMatchObject({ hubspot: { now: "Ada", after: "72" }, salesforce: { after: null } });
  });
  test("F14: tells a clear, a refusal, an open question and a type without the field apart", () => {
    expect(readTrial({ field: { ...field, after: null } })).toMatchObject({ kind: "clear", value: "" });
    expect(readTrial({ field: { ...field, action: "blocked", writes: null } })).toMatchObject({
      kind: "blocked",
      side: null,
    });
    expect(readTrial({ field: { ...field, action: "needs_edit_time" } })).toMatchObject({
      kind: "open",
      reason: "needs_edit_time",
    });
    expect(readTrial({ field: { ...field, action: "none" } })).toMatchObject({ kind: "none", side: null });
    expect(readTrial({ field: null })).toEqual({ kind: "no_field" });
  });
});
