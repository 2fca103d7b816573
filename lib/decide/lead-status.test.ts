import { describe, expect, test } from "vitest";
import { planDerived } from "./derived-values";
import { withLeadStatus } from "./lead-status";
import type { FieldMapping } from "./record-types";
import { stampRules } from "./stamp-toggles";

const MAP = { Open: "OPEN", New: "OPEN", Working: "IN_PROGRESS" };

describe("L1: lead status by a map", () => {
  test("L1: without a mapping there is a two-way one for what the map names; the first of several means the way back", () => {
    const [made] = withLeadStatus([], MAP);
    expect(made).toMatchObject({
      hubspotProperty: "hs_lead_status",
      leadField: "Status",
      contactField: null,
      rule: "two_way",
      valueMap: { OPEN: "Open", IN_PROGRESS: "Working" },
      salesforceValues: MAP,
      onlyListed: true,
    });
    expect(withLeadStatus([], {})).toEqual([]);
  });

  test("L1: of several that mean the same, the first in Salesforce's own order is written", () => {
    const [made] = withLeadStatus([], MAP, ["New", "Open", "Working"]);
    expect(made?.valueMap).toEqual({ OPEN: "New", IN_PROGRESS: "Working" });
    expect(withLeadStatus([], MAP, ["Working", "New"])[0]?.valueMap.OPEN).toBe("New");
  });

  test("L1: a mapping that people made keeps its rule and its own values; one of another pair is left alone", () => {
    const own: FieldMapping = {
      id: "1",
      hubspotProperty: "hs_lead_status",
      leadField: "Status",
      contactField: null,
      rule: "always_salesforce",
      valueMap: { OPEN: "New" },
    };
    const [taken] = withLeadStatus([own], MAP);
    expect(taken).toMatchObject({
      id: "1",
      rule: "always_salesforce",
      valueMap: { OPEN: "New", IN_PROGRESS: "Working" },
    });
    expect(taken?.onlyListed).toBeUndefined();
    const other = { ...own, hubspotProperty: "custom_status" };
    expect(withLeadStatus([other], MAP)).toEqual([other]);
  });
});

describe("K1, L1: what follows from Salesforce", () => {
  test("L1, F15: a value that HubSpot holds already is left alone", () => {
    const hubspot = { id: "1", values: { lifecyclestage: "customer" }, modifiedAt: 0 };
    const derived = { property: "lifecyclestage", value: "customer", source: "IsConverted" };
    expect(planDerived([derived], hubspot)).toEqual([]);
    expect(planDerived([{ ...derived, value: "evangelist" }], hubspot)).toMatchObject([
      { decision: { action: "write", side: "hubspot", value: "evangelist", overwrites: "customer" } },
    ]);
    expect(planDerived([{ ...derived, property: "kakehashi_campaigns", value: "" }], hubspot)).toEqual([]);
  });

  test("K1: a rule starts when its form and campaign are tied, keeps that with another status, and takes no moment from outside", () => {
    const rule = { formId: "f", campaignId: "c", campaignName: "C", status: "Sent" };
    const [first] = stampRules([], [{ ...rule, since: "2020-01-01T00:00:00.000Z" }], "2026-11-24T00:00:00.000Z");
    expect(first?.since).toBe("2026-11-24T00:00:00.000Z");
    const [kept] = stampRules([first ?? rule], [{ ...rule, status: "Responded" }], "2026-11-25T00:00:00.000Z");
    expect(kept).toEqual({ ...rule, status: "Responded", since: "2026-11-24T00:00:00.000Z" });
  });
});
