import { describe, expect, it } from "vitest";
import { defaultMappings } from "./default-mappings";
import { checkCompatibility } from "./field-compatibility";
import { emptySchemas, type FieldKind, type FieldSchema, type Schemas, type UpdateRule } from "./record-types";

const field = (kind: FieldKind, extra: Partial<FieldSchema> = {}): FieldSchema => ({
  name: "x",
  label: "X",
  kind,
  remoteType: kind,
  readOnly: false,
  calculated: false,
  ...extra,
});
const options = (...values: string[]) => values.map((value) => ({ value, label: value, active: true }));
const issues = (hubspot: FieldSchema, salesforce: FieldSchema, rule: UpdateRule = "two_way") =>
  checkCompatibility(hubspot, salesforce, rule).map((finding) => finding.issue);

describe("F10: what fits, and what is doubtful", () => {
  it("F10: a long text is told of every field of 255 characters, text areas included; not of a longer one", () => {
    expect(issues(field("longtext"), field("text", { length: 255 }))).toEqual(["text_may_be_too_long"]);
    expect(issues(field("longtext"), field("longtext", { length: 255 }))).toEqual(["text_may_be_too_long"]);
    expect(issues(field("longtext"), field("longtext", { length: 32_000 }))).toEqual([]);
    expect(issues(field("longtext"), field("longtext", { length: 255 }), "always_salesforce")).toEqual([]);
  });

  it("F10, F11: free text beside options that take nothing else is doubtful, in the direction in which it travels", () => {
    const restricted = field("picklist", { options: options("Hot"), restricted: true });
    expect(issues(field("text"), restricted)).toEqual(["free_text_beside_options"]);
    expect(issues(field("text"), restricted, "always_salesforce")).toEqual([]);
    expect(issues(field("text"), field("picklist", { options: options("Hot"), restricted: false }))).toEqual([]);
    const dropdown = field("picklist", { options: options("hot") });
    expect(issues(dropdown, field("text"))).toEqual(["free_text_beside_options"]);
    expect(issues(dropdown, field("text"), "always_hubspot")).toEqual([]);
  });

  it("F11, F12: options that cannot travel, because the other side is read-only, are not asked for", () => {
    const own = field("picklist", { options: options("A"), readOnly: true });
    const other = field("picklist", { options: options("B") });
    expect(issues(own, other, "always_hubspot")).toEqual(["read_only_in_hubspot"]);
    expect(issues(own, other)).toEqual(["read_only_in_hubspot"]);
  });

  it.each([
    ["boolean", "text"],
    ["number", "text"],
    ["date", "number"],
    ["multipicklist", "picklist"],
    ["owner", "text"],
  ] as const)("F10: %s beside %s cannot be saved", (hubspot, salesforce) => {
    expect(issues(field(hubspot), field(salesforce))).toEqual(["types_do_not_match"]);
  });
});

describe("F13: default mappings", () => {
  const named = (kind: FieldKind, names: string[], extra: Partial<FieldSchema> = {}) =>
    Object.fromEntries(names.map((name) => [name, field(kind, { name, ...extra })]));
  const schemas: Schemas = {
    ...emptySchemas(),
    hubspot: named("text", ["email", "leadsource", "salutation"]),
    Lead: {
      ...named("text", ["Email"]),
      ...named("picklist", ["LeadSource"], { options: options("Web"), restricted: false }),
      ...named("picklist", ["Salutation"], { options: options("Ms."), restricted: true }),
    },
  };

  it("F13: lead source is one of them; a picklist that refuses free text is only read", () => {
    const made = defaultMappings("contact", schemas);
    expect(made.map(({ hubspotProperty, leadField, rule }) => [hubspotProperty, leadField, rule])).toEqual([
      ["email", "Email", "prefer_salesforce"],
      ["salutation", "Salutation", "always_salesforce"],
      ["leadsource", "LeadSource", "prefer_salesforce"],
    ]);
  });
});
