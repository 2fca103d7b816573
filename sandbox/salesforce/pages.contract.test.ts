import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Sandbox } from "../shared/serve";
import { startSalesforceSandbox } from "./server";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSalesforceSandbox({ contacts: 60 });
});
afterAll(() => sandbox.stop());

async function open(path: string): Promise<{ status: number; text: string; url: string }> {
  const reply = await fetch(sandbox.url + path);
  return { status: reply.status, text: await reply.text(), url: reply.url };
}
async function submit(
  path: string,
  fields: Record<string, string>,
): Promise<{ status: number; text: string; url: string }> {
  const reply = await fetch(sandbox.url + path, { method: "POST", body: new URLSearchParams(fields) });
  return { status: reply.status, text: await reply.text(), url: reply.url };
}

describe("the pages for a person", () => {
  it("creates, shows, edits, converts and finds a lead", async () => {
    const made = await submit("/new/Lead", {
      LastName: "Ōta",
      Company: "<b>Acme</b>",
      Email: "ota@example.com",
      Status: "Open - Not Contacted",
    });
    expect(made.status).toBe(200);
    expect(made.text).toContain("&lt;b&gt;Acme&lt;/b&gt;");
    const path = new URL(made.url).pathname;
    expect(path).toMatch(/^\/lightning\/r\/Lead\/00Q\w{15}\/view$/);
    const saved = await submit(path, { LastName: "Ōta", Title: "部長" });
    expect(saved.text).toContain("部長");
    expect((await open("/?object=Lead&q=ota%40example")).text).toContain("Ōta");
    const contact = await submit(`/convert/${path.split("/")[4]}`, {});
    expect(contact.url).toContain("/lightning/r/Contact/003");
    expect((await open(path)).text).toContain("This lead has been converted");
  });

  it("shows what the organisation refuses and keeps what was typed", async () => {
    const refused = await submit("/new/Contact", { FirstName: "Typed", Email: "bad" });
    expect(refused.status).toBe(400);
    expect(refused.text).toContain("invalid email address: bad");
    expect(refused.text).toContain('value="Typed"');
  });

  it("lets an administrator add a validation rule, a duplicate rule and a permission", async () => {
    const rule = { object: "Lead", name: "R1", errorCondition: "LEN(LastName) < 3", errorMessage: "Too short a name" };
    expect((await submit("/setup/validation-rule", rule)).text).toContain("LEN(LastName) &lt; 3");
    expect((await submit("/new/Lead", { LastName: "Wu", Company: "C" })).text).toContain("Too short a name");
    expect((await submit("/setup/remove-validation-rule", rule)).text).not.toContain("LEN(LastName)");
    expect((await submit("/setup/validation-rule", { ...rule, errorCondition: "LEN(" })).status).toBe(400);
    expect(
      (await submit("/setup/duplicate-rule", { object: "Lead", matchField: "Email", ruleAction: "Alert" })).text,
    ).toContain("Standard_Lead_Duplicate_Rule");
    expect(
      (await submit("/setup/field-permission", { object: "Lead", field: "Title", access: "read" })).text,
    ).toContain("lead.title");
  });

  it("lets a sales rep log a call, plan a meeting, add to a campaign, make a deal of a lead, close it, and merge", async () => {
    const made = await submit("/new/Lead", { LastName: "Kato", Company: "Play Inc", Email: "kato@play.example" });
    const id = new URL(made.url).pathname.split("/")[4] ?? "";
    expect(made.text).toContain("Log a call");
    const call = await submit(`/play/call/${id}`, { subject: "Hello call", minutes: "7", notes: "nice" });
    expect(call.text).toContain("The call is logged.");
    expect(call.text).toContain("Hello call");
    expect((await submit(`/play/meeting/${id}`, { topic: "Demo day", day: "2027-01-05" })).text).toContain("Demo day");
    const campaign = /name="campaign"[^>]*><option value="(701\w{15})"/.exec(made.text)?.[1] ?? "";
    const joined = await submit(`/play/join/${id}`, { campaign, answer: "Responded" });
    expect(joined.text).toContain("Added to the campaign.");
    expect((await submit(`/play/join/${id}`, { campaign, answer: "Sent" })).text).toContain("already a member");
    const member = /\/play\/leave\/(00v\w{15})/.exec(joined.text)?.[1] ?? "";
    expect((await submit(`/play/leave/${member}`, {})).text).not.toContain(member);
    const twin = await submit("/new/Lead", { LastName: "Kato 2", Company: "Play Inc", Email: "kato2@play.example" });
    const twinId = new URL(twin.url).pathname.split("/")[4] ?? "";
    expect((await submit(`/play/merge/${id}`, { mergedId: twinId })).text).toContain("The records are merged.");
    const converted = await submit(`/play/convert/${id}`, { opportunityName: "Play deal" });
    expect(converted.text).toContain("The lead is converted.");
    const deal = /\/lightning\/r\/Opportunity\/(006\w{15})\/view">Play deal/.exec(
      (await open("/?object=Opportunity&q=Play deal")).text,
    )?.[1];
    expect((await open(`/${deal}`)).text).toContain("Won!");
    expect((await submit(`/play/close/${deal}`, { stage: "Closed Won" })).text).toContain(
      "This deal is closed: Closed Won.",
    );
    expect((await open("/?object=Campaign")).text).toContain("Spring webinar");
  });

  it("does not count pages as API calls", async () => {
    const report = (await (await fetch(`${sandbox.url}/__sandbox/calls`)).json()) as { total: number };
    expect(report.total).toBe(0);
    expect((await open("/calls")).status).toBe(200);
  });
});
