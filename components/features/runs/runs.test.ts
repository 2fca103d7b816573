import { describe, expect, test } from "vitest";
import { checkImport, EMPTY_IMPORT, type ImportForm, objectsOf, toImportRequest, withSource } from "./import-form";
import { durationOf, readJobFilter, readRunFilter, readTab } from "./runs-filter";

const form = (part: Partial<ImportForm>): ImportForm => ({ ...EMPTY_IMPORT, ...part });

describe("filters in the address", () => {
  test("are read, and what is unknown filters nothing", () => {
    expect(readRunFilter(new URLSearchParams("kind=manual&status=failed"))).toEqual({
      kind: "manual",
      status: "failed",
    });
    expect(readRunFilter(new URLSearchParams("kind=x&status=broken"))).toEqual({ kind: null, status: null });
    expect(readJobFilter(new URLSearchParams("status=open"))).toBe("open");
    expect(readTab(new URLSearchParams("tab=jobs"))).toBe("jobs");
    expect(readTab(new URLSearchParams("tab=everything"))).toBe("runs");
  });
  test("a run under way takes until now, and clocks that differ never make a time negative", () => {
    expect(durationOf({ startedAt: "2026-01-01T00:00:00.000Z", finishedAt: null }, Date.UTC(2026, 0, 1, 0, 0, 9))).toBe(
      9_000,
    );
    expect(durationOf({ startedAt: "2026-01-01T00:00:01.000Z", finishedAt: "2026-01-01T00:00:00.000Z" }, 0)).toBe(0);
  });
});

describe("U4: an import is refused before it is sent", () => {
  test.each([
    [
      "neither leads nor contacts",
      form({ source: "salesforce", leads: false, contacts: false }),
      { field: "types", fault: "noType" },
    ],
    [
      "an end before its beginning",
      form({ createdFrom: "2026-05-01", createdTo: "2026-04-30" }),
      { field: "createdTo", fault: "order" },
    ],
    ["a year that no CRM knows", form({ modifiedFrom: "9999-01-01" }), { field: "modifiedFrom", fault: "date" }],
    ["no date", form({ createdFrom: "yesterday" }), { field: "createdFrom", fault: "date" }],
  ])("%s", (_, asked, fault) => {
    expect(checkImport(asked)).toEqual(fault);
  });
  test("one day is enough", () => {
    expect(checkImport(form({ createdFrom: "2026-05-01", createdTo: "2026-05-01" }))).toBeNull();
  });
});

describe("the request of an import", () => {
  test("days begin at the person's midnight, and the last day belongs to it", () => {
    const request = toImportRequest(form({ createdFrom: "2026-05-01", createdTo: "2026-05-01" }));
    expect(request).toMatchObject({
      kind: "import_hubspot",
      object: "contact",
      createdFrom: new Date(2026, 4, 1).toISOString(),
      createdTo: new Date(2026, 4, 2).toISOString(),
      modifiedFrom: null,
    });
  });
  test("leads and contacts are told apart for contacts only", () => {
    expect(toImportRequest(form({ source: "salesforce", contacts: false }))).toMatchObject({ types: ["Lead"] });
    expect(toImportRequest(form({ source: "salesforce", object: "deal" }))).toMatchObject({ types: null });
  });
  test("notes are HubSpot's alone: the other side falls back to contacts", () => {
    expect(withSource(form({ object: "note" }), "salesforce").object).toBe("contact");
    expect(withSource(form({ object: "deal" }), "salesforce").object).toBe("deal");
    expect(objectsOf("salesforce")).not.toContain("note");
  });
});
