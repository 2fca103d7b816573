import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startHubSpotSandbox } from "../../sandbox/hubspot/server";
import { startSalesforceSandbox } from "../../sandbox/salesforce/server";
import type { HubSpotCrm, SalesforceCrm } from "./face";
import { createHubSpotCrm } from "./hubspot/crm";
import { createSalesforceCrm } from "./salesforce/crm";
import { type Bench, failureOf, openBench } from "./testing/open-bench";

describe("HubSpot: forms, submissions and marketing emails", () => {
  let bench: Bench;
  let crm: HubSpotCrm;
  beforeAll(async () => {
    bench = await openBench(await startHubSpotSandbox({ contacts: 0 }), "pat-na1-sandbox");
    crm = createHubSpotCrm(bench);
  });
  afterAll(() => bench.sandbox.stop());

  test("T2: forms by name; the submissions of one, newest first, 50 a call, with what was typed", async () => {
    for (let n = 0; n < 60; n += 1) {
      await bench.act("submitForm", {
        formName: "Webinar",
        email: `w${n}@example.com`,
        properties: { lastname: `W${n}` },
      });
    }
    const form = (await crm.events.listForms()).find(({ name }) => name === "Webinar");
    await bench.forgetCalls();
    const first = await crm.events.readSubmissions(form?.id ?? "", null);
    expect(first?.submissions).toHaveLength(50);
    expect(first?.submissions[0]).toMatchObject({ at: expect.any(Number), pageUrl: expect.any(String) });
    expect(first?.submissions[0]?.fields).toContainEqual({ name: "email", value: "w59@example.com" });
    const second = await crm.events.readSubmissions(form?.id ?? "", first?.next ?? null);
    expect(second?.submissions.at(-1)?.fields).toContainEqual({ name: "lastname", value: "W0" });
    expect(second?.next).toBeNull();
    expect(new Set([...(first?.submissions ?? []), ...(second?.submissions ?? [])].map(({ id }) => id)).size).toBe(60);
    expect(await bench.listCalls()).toHaveLength(2);
  });

  test("T2: a form that is not there (any more) has no submissions to tell of", async () => {
    expect(await crm.events.readSubmissions("00000000-0000-0000-0000-000000000000", null)).toBeNull();
  });

  test("T3: the events of one kind, newest first within the window, each with the sending it belongs to", async () => {
    await bench.act("createContact", { properties: { email: "reader@example.com" } });
    await bench.act("sendMarketingEmail", { email: "reader@example.com", emailName: "News", subject: "What is new" });
    await bench.act("openMarketingEmail", { email: "reader@example.com" });
    await bench.act("clickMarketingEmail", { email: "reader@example.com", url: "https://example.com/a" });
    const sent = await crm.events.readMarketingEvents("SENT", { from: 0, to: null }, null);
    expect(sent).toMatchObject({ next: null, events: [{ type: "SENT", recipient: "reader@example.com" }] });
    const opened = await crm.events.readMarketingEvents("OPEN", { from: 0, to: null }, null);
    expect(opened.events[0]?.sentId).toBe(sent.events[0]?.id);
    const clicked = await crm.events.readMarketingEvents("CLICK", { from: 0, to: null }, null);
    expect(clicked.events[0]).toMatchObject({ url: "https://example.com/a", sentId: sent.events[0]?.id });
    const before = (sent.events[0]?.at ?? 0) - 1;
    expect((await crm.events.readMarketingEvents("SENT", { from: 0, to: before }, null)).events).toEqual([]);
    const emailId = sent.events[0]?.emailId ?? "";
    expect(await crm.events.readMarketingEmail(emailId)).toEqual({ name: "News", subject: "What is new" });
    expect(await crm.events.readMarketingEmail("1")).toBeNull();
  });

  test("T3: more than 1,000 events come in pages", async () => {
    for (let n = 0; n < 300; n += 1) await bench.act("openMarketingEmail", { email: "reader@example.com" });
    const { events, next } = await crm.events.readMarketingEvents("OPEN", { from: 0, to: null }, null);
    expect(events).toHaveLength(301);
    expect(next).toBeNull();
  });

  test("E1: a failed call is told, not taken for an empty answer", async () => {
    await bench.setFaults([{ match: { path: "form-integrations" }, do: { status: 500 } }]);
    const failure = await failureOf(crm.events.readSubmissions("x", null));
    expect(failure).toMatchObject({ side: "hubspot", status: 500 });
    await bench.setFaults([]);
  });
});

describe("Salesforce: campaigns and contact roles", () => {
  let bench: Bench;
  let crm: SalesforceCrm;
  beforeAll(async () => {
    bench = await openBench(await startSalesforceSandbox({ contacts: 0 }), "00D000000000001AAA!sandbox");
    crm = createSalesforceCrm(bench);
  });
  afterAll(() => bench.sandbox.stop());
  const create = async (object: string, fields: Record<string, unknown>): Promise<string> =>
    (await bench.act<{ id: string }>("createRecord", { object, fields })).id;

  test("K1: campaigns with their member statuses in one call, the active ones first", async () => {
    const closed = await create("Campaign", { Name: "A closed one", IsActive: false });
    await bench.forgetCalls();
    const campaigns = await crm.campaigns.list();
    expect(await bench.listCalls()).toHaveLength(1);
    expect(campaigns.at(-1)).toMatchObject({ id: closed, isActive: false });
    expect(campaigns[0]).toMatchObject({ isActive: true });
    expect(campaigns[0]?.statuses).toEqual([
      { label: "Sent", hasResponded: false, isDefault: true },
      { label: "Responded", hasResponded: true, isDefault: false },
    ]);
    expect(await crm.campaigns.readByIds([closed, "701000000000000AAA"])).toEqual([campaigns.at(-1)]);
    expect(await crm.campaigns.readByIds([])).toEqual([]);
  });

  test("K1: the names of the campaigns of leads and contacts, nobody's included", async () => {
    const [campaign] = await crm.campaigns.list();
    const lead = await create("Lead", { LastName: "Member", Company: "M" });
    const contact = await create("Contact", { LastName: "Member" });
    const nobody = await create("Contact", { LastName: "Nobody" });
    await bench.act("addToCampaign", { campaignId: campaign?.id, leadId: lead });
    await bench.act("addToCampaign", { campaignId: campaign?.id, contactId: contact });
    await bench.forgetCalls();
    const names = await crm.campaigns.readNames([lead, contact, nobody]);
    expect(Object.fromEntries(names)).toEqual({
      [lead]: [campaign?.name],
      [contact]: [campaign?.name],
      [nobody]: [],
    });
    expect(await bench.listCalls()).toHaveLength(1);
    expect((await crm.campaigns.readNames([])).size).toBe(0);
  });

  test("L1: roles that are new, and those whose opportunity moved, in one call", async () => {
    const contact = await create("Contact", { LastName: "Buyer" });
    const opportunity = await create("Opportunity", {
      Name: "Deal",
      StageName: "Prospecting",
      CloseDate: "2027-01-31",
    });
    const role = await create("OpportunityContactRole", { OpportunityId: opportunity, ContactId: contact });
    const all = await crm.readRoles(Date.now() - 60_000, null);
    expect(all).toEqual({
      roles: [{ id: role, contactId: contact, isClosed: false, isWon: false, at: expect.any(Number) }],
      next: null,
    });
    const later = Date.now() + 1_000;
    expect((await crm.readRoles(later, null)).roles).toEqual([]);
    await new Promise((resolve) => setTimeout(resolve, 2_100));
    await bench.act("closeDeal", { opportunityId: opportunity });
    const moved = (await crm.readRoles(later, null)).roles;
    expect(moved).toEqual([{ id: role, contactId: contact, isClosed: true, isWon: true, at: expect.any(Number) }]);
    expect(moved[0]?.at).toBeGreaterThan(all.roles[0]?.at ?? Number.POSITIVE_INFINITY);
  });
});
