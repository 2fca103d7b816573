import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Bench, openBench, refusal } from "./contract-setup";

let bench: Bench;
let id: string;
const email = "ann@acts.example";
beforeAll(async () => {
  bench = await openBench();
  id = (await bench.act("createContact", { properties: { email, firstname: "Ann" } })).id;
});
afterAll(() => bench.sandbox.stop());

const read = async (...names: string[]) => (await bench.client.crm.contacts.basicApi.getById(id, names)).properties;
const contactsOf = async (type: string, activity: string) =>
  (await bench.client.crm.associations.v4.basicApi.getPage(type, activity, "contacts")).results.map((one) =>
    String(one.toObjectId),
  );

describe("engagements", () => {
  it("cannot be made without hs_timestamp", async () => {
    const work = bench.client.crm.objects.notes.basicApi.create({
      properties: { hs_note_body: "x" },
      associations: [],
    });
    const { status, body } = await refusal(work);
    expect(status).toBe(400);
    expect(body).toMatchObject({
      message: "Error creating NOTE. Some required properties were not set.",
      context: { properties: ["hs_timestamp"] },
    });
  });

  it("are found by search on their own stamp, with their own defaults", async () => {
    const call = await bench.act("logCall", { email, title: "First call", durationMs: 61_000 });
    const found = await bench.client.crm.objects.calls.searchApi.doSearch({
      filterGroups: [{ filters: [{ propertyName: "hs_createdate", operator: "GTE" as never, value: "0" }] }],
      sorts: ["hs_createdate"],
      properties: ["hs_call_duration", "hs_call_status"],
      limit: 10,
      after: "0",
    });
    expect(found.results.map((one) => one.id)).toEqual([call.id]);
    expect(found.results[0]?.properties).toMatchObject({ hs_call_duration: "61000", hs_call_status: "COMPLETED" });
    expect(await contactsOf("calls", call.id)).toEqual([id]);
    expect(await read("num_notes", "num_contacted_notes", "notes_last_contacted")).toMatchObject({
      num_notes: "1",
      num_contacted_notes: "1",
      notes_last_contacted: expect.stringMatching(/Z$/),
    });
  });

  it("move the contact: sales email sent, opened and clicked, meeting, note, document, task", async () => {
    const mail = await bench.act("sendSalesEmail", { email, subject: "Hi" });
    expect(mail.properties).toMatchObject({ hs_email_direction: "EMAIL", hs_email_status: "SENT" });
    await bench.act("openSalesEmail", { email });
    await bench.act("clickSalesEmail", { email });
    const sent = await bench.client.crm.objects.emails.basicApi.getById(mail.id, ["hs_email_open_count"]);
    expect(sent.properties.hs_email_open_count).toBe("1");
    const meeting = await bench.act("scheduleMeeting", { email });
    expect(meeting.properties.hs_meeting_outcome).toBe("SCHEDULED");
    await bench.act("addNote", { email });
    await bench.act("viewDocument", { email });
    const task = await bench.act("createTask", { email, priority: "HIGH" });
    expect(await contactsOf("tasks", task.id)).toEqual([id]);
    const moved = await read(
      "hs_sales_email_last_opened",
      "hs_sales_email_last_clicked",
      "engagements_last_meeting_booked",
      "hs_document_last_revisited",
      "hs_latest_meeting_activity",
      "notes_next_activity_date",
      "num_notes",
    );
    expect(Object.values(moved).includes(null)).toBe(false);
    const readOnly = bench.client.crm.contacts.basicApi.update(id, { properties: { hs_sales_email_last_opened: "0" } });
    expect((await refusal(readOnly)).body.errors[0]?.code).toBe("READ_ONLY_VALUE");
  });
});

describe("forms", () => {
  it("are listed with their fields", async () => {
    const { results } = await bench.client.marketing.forms.formsApi.getPage();
    expect(results.map((form) => form.name)).toEqual(["Contact us", "Newsletter", "Download the brochure"]);
    expect(results[0]?.fieldGroups[0]?.fields?.[0]).toMatchObject({ name: "email", required: true });
  });

  it("keep what was submitted, newest first, at most 50 a page, and move the conversion properties", async () => {
    const first = (await bench.act("submitForm", { email, formName: "Newsletter" })) as unknown as { formGuid: string };
    await bench.act("submitForm", { email, formName: "Newsletter", properties: { firstname: "Anna" } });
    const path = `/form-integrations/v1/submissions/forms/${first.formGuid}`;
    const page = await bench.call("GET", `${path}?limit=1`);
    expect(page.body.results).toMatchObject([
      {
        conversionId: expect.any(String),
        submittedAt: expect.any(Number),
        values: [
          { name: "email", value: email, objectTypeId: "0-1" },
          { name: "firstname", value: "Anna" },
        ],
      },
    ]);
    const rest = await bench.call("GET", `${path}?limit=50&after=${page.body.paging.next.after}`);
    expect(rest.body.results).toHaveLength(1);
    expect((await bench.call("GET", `${path}?limit=51`)).status).toBe(400);
    expect(
      await read("num_conversion_events", "num_unique_conversion_events", "recent_conversion_event_name"),
    ).toMatchObject({
      num_conversion_events: "2",
      num_unique_conversion_events: "1",
      recent_conversion_event_name: "Newsletter",
    });
  });

  it("take submissions from web pages, without a token", async () => {
    const { results } = await bench.client.marketing.forms.formsApi.getPage();
    const url = `${bench.sandbox.url}/submissions/v3/integration/submit/48201337/${results[0]?.id}`;
    const fields = [
      { name: "email", value: "web@acts.example" },
      { name: "lastname", value: "Web" },
    ];
    const reply = await fetch(url, {
      method: "POST",
      body: JSON.stringify({ fields, context: { pageUri: "https://x.example" } }),
    });
    expect(reply.status).toBe(200);
    const made = await bench.call("GET", "/crm/v3/objects/contacts/web@acts.example?idProperty=email");
    expect(made.body.properties.lastname).toBe("Web");
  });
});

describe("marketing emails", () => {
  it("leave events in reverse order, page by page, and move the contact's counters", async () => {
    const before = Date.now();
    await bench.act("sendMarketingEmail", { email, emailName: "October", subject: "Autumn" });
    await bench.act("openMarketingEmail", { email });
    await bench.act("clickMarketingEmail", { email, url: "https://x.example/go" });
    const path = `/email/public/v1/events?startTimestamp=${before}&limit=3`;
    const first = (await bench.call("GET", path)).body as unknown as {
      hasMore: boolean;
      offset: string;
      events: Event[];
    };
    expect(first.events.map((one) => one.type)).toEqual(["CLICK", "OPEN", "DELIVERED"]);
    expect(first.events[0]).toMatchObject({ url: "https://x.example/go", recipient: email, portalId: 48201337 });
    expect(first.hasMore).toBe(true);
    const second = (await bench.call("GET", `${path}&offset=${first.offset}`)).body as unknown as typeof first;
    expect(second).toMatchObject({
      hasMore: false,
      events: [{ type: "PROCESSED" }, { type: "SENT", subject: "Autumn" }],
    });
    const opens = (await bench.call("GET", "/email/public/v1/events?eventType=OPEN")).body as unknown as typeof first;
    expect(opens.events).toHaveLength(1);
    const campaign = await bench.call("GET", `/email/public/v1/campaigns/${first.events[0]?.emailCampaignId}`);
    expect(campaign.body).toMatchObject({ name: "October", counters: { sent: 1, open: 1, click: 1 } });
    expect(
      await read("hs_email_delivered", "hs_email_open", "hs_email_click", "hs_email_last_email_name"),
    ).toMatchObject({
      hs_email_delivered: "1",
      hs_email_open: "1",
      hs_email_click: "1",
      hs_email_last_email_name: "October",
    });
  });

  it("count replies and bounces, and go no more where there is nobody", async () => {
    const gone = "gone@acts.example";
    const { id } = await bench.act("createContact", { properties: { email: gone } });
    const counters = async () => {
      const names = "hs_email_delivered,hs_email_bounce,hs_email_replied,hs_email_sends_since_last_engagement";
      const { properties } = (await bench.call("GET", `/crm/v3/objects/contacts/${id}?properties=${names}`)).body;
      return names.split(",").map((name) => properties[name]);
    };
    await bench.act("sendMarketingEmail", { email: gone });
    await bench.act("replyToMarketingEmail", { email: gone });
    expect(await counters()).toEqual(["1", null, "1", "0"]);
    await bench.act("sendMarketingEmail", { email: gone });
    await bench.act("bounceMarketingEmail", { email: gone });
    expect(await counters()).toEqual(["1", "1", "1", "1"]);
    const { body } = await bench.call("GET", "/email/public/v1/events?eventType=BOUNCE");
    expect(body).toMatchObject({ events: [{ recipient: gone, category: "UNKNOWN_USER" }] });
    await expect(bench.act("sendMarketingEmail", { email: gone })).rejects.toThrow("bounced");
  });
});

type Event = { type: string; emailCampaignId: number };

describe("call outcomes", () => {
  const outcomes = async () => {
    const { status, body } = await bench.call("GET", "/calling/v1/dispositions");
    expect(status).toBe(200);
    return body as unknown as { id: string; label: string; deleted: boolean }[];
  };
  const log = (id: string) => bench.act("logCall", { email, properties: { hs_call_disposition: id } });

  it("are HubSpot's six and the portal's own, which calls may have", async () => {
    expect((await outcomes()).map(({ label }) => label)).toEqual([
      "Busy",
      "Connected",
      "Left live message",
      "Left voicemail",
      "No answer",
      "Wrong number",
    ]);
    await expect(log("no-such-outcome")).rejects.toThrow();
    const { id: own } = await bench.act("addCallOutcome", { label: "アポイント獲得" });
    expect(await outcomes()).toContainEqual({ id: own, label: "アポイント獲得", deleted: false });
    expect((await log(own)).properties.hs_call_disposition).toBe(own);
  });

  it("are renamed and deleted; a deleted one is still told, since old calls have it", async () => {
    const { id: own } = await bench.act("addCallOutcome", { label: "Booked" });
    await bench.act("changeCallOutcome", { id: own, label: "Meeting booked", deleted: true });
    expect(await outcomes()).toContainEqual({ id: own, label: "Meeting booked", deleted: true });
  });
});
