import { describe, expect, it } from "vitest";
import { readAuditDetail, readAuditSubject } from "./audit-changes";
import { readAuditFilters, toAuditQuery, writeAuditFilters } from "./audit-filters";

describe("what an audit entry says", () => {
  it("compares what was asked to change with what was before", () => {
    const detail = {
      before: { version: 3, checkEveryMinutes: 15, defaults: { Lead: { Company: "-" } }, contactSyncOn: true },
      change: { version: 3, checkEveryMinutes: 5, defaults: { Lead: { Company: "(unknown)" } } },
    };
    expect(readAuditDetail(detail).changes).toEqual([
      { name: "checkEveryMinutes", before: "15", after: "5" },
      { name: "defaults.Lead.Company", before: "-", after: "(unknown)" },
    ]);
  });

  it("shows what was made and what was removed with one side empty", () => {
    expect(readAuditDetail({ after: { name: "Export" } }).changes).toEqual([
      { name: "name", before: null, after: "Export" },
    ]);
    expect(readAuditDetail({ before: { name: "Export" } }).changes).toEqual([
      { name: "name", before: "Export", after: null },
    ]);
  });

  it("keeps facts apart, and leaves out what stayed the same", () => {
    const { changes, facts } = readAuditDetail({
      email: "a@b.example",
      before: { role: "admin" },
      after: { role: "admin" },
    });
    expect(changes).toEqual([]);
    expect(facts).toEqual([{ name: "email", value: "a@b.example" }]);
  });

  it("names whom or what it is about", () => {
    expect(readAuditSubject({ email: "a@b.example", after: { role: "admin" } })).toBe("a@b.example");
    expect(readAuditSubject({ after: { name: "Export" } })).toBe("Export");
    expect(readAuditSubject({ side: "salesforce", revoked: true })).toBe("Salesforce");
    expect(readAuditSubject({ before: null, n: 1 })).toBeNull();
  });
});

describe("filters of the audit log", () => {
  it("travel through the address unchanged", () => {
    const filters = { by: "a+b@c.example", action: "resumed", from: "2026-11-01", to: "2026-11-23", search: "x & y" };
    expect(readAuditFilters(writeAuditFilters(filters))).toEqual(filters);
  });

  it("ask for whole days of the browser's zone", () => {
    const query = toAuditQuery(readAuditFilters(new URLSearchParams("from=2026-11-01&to=2026-11-01")));
    const length = Date.parse(query.get("to") ?? "") - Date.parse(query.get("from") ?? "");
    expect(length).toBe(24 * 3_600_000);
  });

  it("leave out a day that is none", () => {
    expect(readAuditFilters(new URLSearchParams("from=yesterday&to=2026-13-99999")).from).toBe("");
    expect(writeAuditFilters(readAuditFilters(new URLSearchParams("from=x"))).size).toBe(0);
  });
});
