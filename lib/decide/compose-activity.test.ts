import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Activity } from "./activity-values";
import { activityWordsOf } from "./activity-words";
import { composeActivity } from "./compose-activity";
import type { RawValue, Values } from "./record-types";
import { type EmailEvent, rollUpEmail } from "./roll-up-email";

const compose = (object: Activity["object"], values: Values, more: Partial<Activity> = {}) =>
  composeActivity({ object, values, language: "en", timeZone: "Asia/Tokyo", ...more });
const linesOf = (composed: { values: Values }) => String(composed.values.Description).split("\n");

describe("A2: calls, emails, meetings and notes", () => {
  it("a call becomes a completed Task with duration, direction and outcome", () => {
    const values = {
      hs_timestamp: "2026-11-23T15:30:00.000Z",
      hs_call_title: "Price",
      hs_call_body: "<p>Wants an <b>offer</b></p>",
      hs_call_duration: "183400",
      hs_call_direction: "OUTBOUND",
      hs_call_disposition: "f240bbac-87c9-4f6e-bf70-924b57d47db7",
      hs_call_to_number: "+81 3 1234",
    };
    expect(compose("call", values)).toEqual({
      type: "Task",
      values: {
        Subject: "HubSpot – Call: Price",
        Description: "To: +81 3 1234\n\nWants an offer",
        ActivityDate: "2026-11-24",
        Status: "Completed",
        Priority: "Normal",
        TaskSubtype: "Call",
        CallDurationInSeconds: 183,
        CallType: "Outbound",
        CallDisposition: "Connected",
      },
    });
  });
  it("an outcome of the portal's own has its label, an unknown one none; a bad duration is none", () => {
    const id = "0c3ed6ff-7f2e-4c1e-9c06-2a2f5b6f1d11";
    const callOutcomes = [{ id, label: "Booked", deleted: true }];
    const words = activityWordsOf({ taskWords: null, callOutcomes });
    const own = compose("call", { hs_call_disposition: id }, { words });
    expect(own.values.CallDisposition).toBe("Booked");
    const bad = compose("call", { hs_call_disposition: id, hs_call_duration: "-5", hs_call_direction: "?" });
    expect(bad.values).toMatchObject({ CallDisposition: null, CallDurationInSeconds: null, CallType: null });
  });
  it("an org's own words for a completed task and an ordinary priority; the standard ones where it has none", () => {
    const taskWords = {
      statuses: [
        { value: "未着手", label: "未着手", isDefault: true, isClosed: false },
        { value: "中止", label: "中止", isDefault: false, isClosed: true },
        { value: "完了", label: "完了", isDefault: false, isClosed: true },
      ],
      priorities: [{ value: "並", label: "並", isDefault: true, isHigh: false }],
    };
    const words = activityWordsOf({ taskWords, callOutcomes: null });
    expect(compose("call", {}, { words }).values).toMatchObject({ Status: "完了", Priority: "並" });
    const none = activityWordsOf({ taskWords: { statuses: [], priorities: [] }, callOutcomes: [] });
    expect(compose("call", {}, { words: none }).values).toMatchObject({ Status: "Completed", Priority: "Normal" });
  });
  it("an email tells which way it went, to whom and what it said", () => {
    const values = {
      hs_timestamp: "1795392000000",
      hs_email_direction: "INCOMING_EMAIL",
      hs_email_subject: "Re: offer",
      hs_email_from_email: "a@x.jp",
      hs_email_to_email: "me@y.jp;you@y.jp",
      hs_email_html: "<div>Yes<br>please</div>",
    };
    const composed = compose("email", values, { language: "ja" });
    expect(composed.values).toMatchObject({ Subject: "HubSpot – メール受信：Re: offer", TaskSubtype: "Email" });
    expect(linesOf(composed)).toEqual([
      "差出人：a@x.jp",
      "宛先：me@y.jp, you@y.jp",
      "件名：Re: offer",
      "",
      "Yes",
      "please",
    ]);
  });
  it("a note is named by its first line", () => {
    const composed = compose("note", {
      hs_timestamp: "2026-11-23T00:00:00Z",
      hs_note_body: "<p>Met him</p><p>Nice</p>",
    });
    expect(composed.values).toMatchObject({
      Subject: "HubSpot – Note: Met him",
      Description: "Met him\n\nNice",
      TaskSubtype: "Task",
    });
  });
  it("a meeting becomes an Event with start, end and location", () => {
    const values = {
      hs_timestamp: "2026-11-20T00:00:00Z",
      hs_meeting_title: "Demo",
      hs_meeting_start_time: "2026-11-23T01:00:00.500Z",
      hs_meeting_end_time: "1795399200000",
      hs_meeting_location: "Osaka",
      hs_meeting_body: "Bring <i>samples</i>",
      hs_meeting_outcome: "NO_SHOW",
    };
    expect(compose("meeting", values)).toEqual({
      type: "Event",
      values: {
        Subject: "HubSpot – Meeting: Demo",
        Description: "Outcome: No show\n\nBring samples",
        StartDateTime: "2026-11-23T01:00:00Z",
        EndDateTime: "2026-11-23T02:00:00Z",
        Location: "Osaka",
      },
    });
  });
  it.each([
    ["missing", null, "2026-11-23T01:30:00Z"],
    ["before the start", "2026-11-22T00:00:00Z", "2026-11-23T01:30:00Z"],
    ["in the second of its start", "2026-11-23T01:00:00.500Z", "2026-11-23T01:30:00Z"],
    ["garbage", "soon", "2026-11-23T01:30:00Z"],
    ["a year later", "2027-11-23T01:00:00Z", "2026-12-07T01:00:00Z"],
  ])("an end that is %s", (_case, end, wanted) => {
    const values = { hs_meeting_start_time: "2026-11-23T01:00:00Z", hs_meeting_end_time: end };
    expect(compose("meeting", values).values.EndDateTime).toBe(wanted);
  });
});

describe("A2: events of HubSpot", () => {
  it("a form submission lists what was submitted", () => {
    const fields = JSON.stringify([
      { name: "email", value: "a@x.jp" },
      { name: "message", value: "Hello\n<b>" },
      { name: "empty", value: null },
    ]);
    const values = { form_name: "資料請求", page_url: "https://x.jp/p", occurred_at: 1795392000000, fields };
    const composed = compose("form_submission", values);
    expect(composed.values).toMatchObject({
      Subject: "HubSpot – Form submitted: 資料請求",
      ActivityDate: "2026-11-23",
      TaskSubtype: "Task",
    });
    expect(linesOf(composed)).toEqual([
      "Form: 資料請求",
      "Page: https://x.jp/p",
      "Time: 2026-11-23 09:00 (Asia/Tokyo)",
      "",
      "email: a@x.jp",
      "message: Hello",
      "<b>",
    ]);
    expect(compose("form_submission", values, { language: "ja" }).values.Subject).toBe(
      "HubSpot – フォーム送信：資料請求",
    );
  });
  it("a sent, opened and clicked email are told apart, a document view has its name", () => {
    const subject = (object: Activity["object"], values: Values) => compose(object, values).values.Subject;
    expect(subject("marketing_email", { event: "sent", email_name: "News" })).toBe(
      "HubSpot – Marketing email sent: News",
    );
    expect(subject("marketing_email", { event: "clicked" })).toBe("HubSpot – Marketing email clicked");
    expect(subject("sales_email", { event: "opened", email_subject: "Hi" })).toBe("HubSpot – Sales email opened: Hi");
    expect(subject("document_view", { document_name: "Prices" })).toBe("HubSpot – Document viewed: Prices");
  });
});

describe("A3: opens and clicks rolled into their send", () => {
  const minute = (n: number) => Date.parse("2026-11-23T01:00:00Z") + n * 60_000;
  const events: EmailEvent[] = [
    { id: "s", type: "sent", at: minute(0), url: null },
    { id: "o2", type: "opened", at: minute(5), url: null },
    { id: "o1", type: "opened", at: minute(9), url: null },
    { id: "c1", type: "clicked", at: minute(10), url: "https://x.jp/b" },
    { id: "c2", type: "clicked", at: minute(11), url: "https://x.jp/a" },
    { id: "c3", type: "clicked", at: minute(12), url: "https://x.jp/a" },
  ];
  it("one Task of the send tells counts, first and last, and the clicked links", () => {
    const composed = compose("marketing_email", rollUpEmail({ name: "News", subject: "What is new" }, events));
    expect(composed.values).toMatchObject({
      Subject: "HubSpot – Marketing email sent: News",
      ActivityDate: "2026-11-23",
    });
    expect(linesOf(composed)).toEqual([
      "Email: News",
      "Subject: What is new",
      "Time: 2026-11-23 10:00 (Asia/Tokyo)",
      "",
      "Opened (times): 2",
      "First opened: 2026-11-23 10:05 (Asia/Tokyo)",
      "Last opened: 2026-11-23 10:09 (Asia/Tokyo)",
      "Clicked (times): 3",
      "First clicked: 2026-11-23 10:10 (Asia/Tokyo)",
      "Last clicked: 2026-11-23 10:12 (Asia/Tokyo)",
      "",
      "Clicked links:",
      "- https://x.jp/a (2)",
      "- https://x.jp/b (1)",
    ]);
  });
  it("D30: neither the order in which events are read nor a second reading changes anything", () => {
    const event = fc.record({
      id: fc.constantFrom("1", "2", "3", "4"),
      type: fc.constantFrom("sent" as const, "opened" as const, "clicked" as const),
      at: fc.integer({ min: 0, max: 3 }),
      url: fc.constantFrom(null, "https://a", "https://b"),
    });
    const unique = fc.uniqueArray(event, { selector: (e) => `${e.type} ${e.id}` });
    fc.assert(
      fc.property(unique, fc.infiniteStream(fc.nat()), (list, dice) => {
        const again = [...list, ...list]
          .map((e) => ({ e, at: dice.next().value ?? 0 }))
          .toSorted((a, b) => a.at - b.at)
          .map((x) => x.e);
        const email = { name: "n", subject: "s" };
        expect(rollUpEmail(email, again)).toEqual(rollUpEmail(email, list));
      }),
      { numRuns: 2_000 },
    );
  });
});

const PROPERTIES = [
  ...["hs_timestamp", "hs_createdate", "hs_call_title", "hs_call_body", "hs_call_duration", "hs_call_direction"],
  ...["hs_call_disposition", "hs_email_subject", "hs_email_html", "hs_email_open_count", "hs_meeting_title"],
  ...["hs_meeting_body", "hs_meeting_start_time", "hs_meeting_end_time", "hs_meeting_location", "hs_note_body"],
  ...["form_name", "fields", "occurred_at", "email_name", "links", "opens", "last_opened_at", "document_name"],
];

it("D29: whatever an activity holds, what is sent fits Salesforce's fields and an Event ends after its start", () => {
  const value: fc.Arbitrary<RawValue> = fc.oneof(
    fc.constantFrom<RawValue[]>(null, "", "x".repeat(70_000), "\n".repeat(20_000).concat("y"), "😀".repeat(200)),
    fc.constantFrom<RawValue[]>("2026-11-23T01:00:00Z", "1795392000000", "99999999999999", "-1", "NaN", "[1]", "[{}]"),
    fc.string({ unit: "binary" }),
    fc.double(),
    fc.boolean(),
  );
  const objects = ["call", "email", "meeting", "note", "form_submission", "marketing_email", "sales_email"] as const;
  const values = fc.dictionary(fc.constantFrom(...PROPERTIES), value);
  fc.assert(
    fc.property(
      fc.constantFrom(...objects),
      values,
      fc.constantFrom("en" as const, "ja" as const),
      (object, v, language) => {
        const { type, values: made } = composeActivity({ object, values: v, language, timeZone: "Asia/Tokyo" });
        expect(String(made.Subject).length).toBeLessThanOrEqual(255);
        expect(String(made.Subject)).not.toMatch(/\n/);
        expect(String(made.Description ?? "").replaceAll("\n", "\r\n").length).toBeLessThanOrEqual(32_000);
        if (type === "Task") expect(String(made.ActivityDate ?? "2026-01-01")).toMatch(/^\d{4}-\d{2}-\d{2}$/);
        if (type === "Event" && made.StartDateTime !== null) {
          const length = Date.parse(String(made.EndDateTime)) - Date.parse(String(made.StartDateTime));
          expect(length).toBeGreaterThan(0);
          expect(length).toBeLessThanOrEqual(14 * 86_400_000);
        }
      },
    ),
    { numRuns: 3_000 },
  );
});
