import { describe, expect, it } from "vitest";
import type { Settings } from "@/lib/browser/settings-draft";
import { DEFAULT_SETTINGS } from "@/lib/decide/connection-settings";
import { listDefaults } from "./list-defaults";

const settings: Settings = {
  ...DEFAULT_SETTINGS,
  version: 1,
  checkEveryMinutes: 15,
  contactSyncOn: true,
  leadToHubSpot: "create",
  contactToHubSpot: "create",
  hubspotToSalesforce: "lead",
  defaults: { Lead: { Company: "Unknown" }, Contact: {} },
};
const unfilled = [
  { type: "Contact" as const, field: "LastName", label: "Last Name" },
  { type: "Lead" as const, field: "Status", label: "Lead Status" },
];

describe("defaults for required Salesforce fields", () => {
  it("warns only for the record type that is created", () => {
    const rows = listDefaults(settings, unfilled);
    expect(rows.map((row) => [row.type, row.field, row.warns])).toEqual([
      ["Lead", "Company", false],
      ["Lead", "Status", true],
      ["Contact", "LastName", false],
    ]);
  });
  it("names a saved default as Salesforce does", () => {
    const [company] = listDefaults(settings, [], { Lead: { Company: "会社名" } });
    expect(company).toMatchObject({ field: "Company", label: "会社名", value: "Unknown" });
  });
  it("stops warning as soon as a value is typed", () => {
    const typed = { ...settings, defaults: { ...settings.defaults, Lead: { Company: "Unknown", Status: "Open" } } };
    expect(listDefaults(typed, unfilled).some((row) => row.warns)).toBe(false);
  });
});
