import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { activityWordsOf } from "./activity-words";
import { composeActivity } from "./compose-activity";
import { composeEngagement, type SalesforceActivity } from "./compose-engagement";
import type { RawValue, Values } from "./record-types";

const CREATED = Date.parse("2026-11-20T03:00:00Z");
const compose = (type: SalesforceActivity["type"], values: Values) =>
  composeEngagement({ type, values, createdAt: CREATED, timeZone: "Asia/Tokyo" });

describe("A4: Salesforce activities as HubSpot engagements", () => {
  it("a Task becomes a task, due on its day in the portal's zone", () => {
    const values = {
      Subject: "Send offer",
      Description: "a < b\nc",
      ActivityDate: "2026-11-24",
      Status: "Waiting on someone else",
      Priority: "High",
      TaskSubtype: "Task",
    };
    expect(compose("Task", values)).toEqual({
      object: "task",
      properties: {
        hs_timestamp: "2026-11-23T23:00:00.000Z",
        hs_task_subject: "Send offer",
        hs_task_body: "a &lt; b<br>c",
        hs_task_status: "WAITING",
        hs_task_priority: "HIGH",
        hs_task_type: "TODO",
      },
    });
  });
  it("statuses and priorities of the org's own: closed is completed, the rest not started, no priority", () => {
    const own = { Status: "Archived by us", Priority: "P1" };
    expect(compose("Task", { ...own, IsClosed: true }).properties).toMatchObject({
      hs_task_status: "COMPLETED",
      hs_task_priority: "NONE",
      hs_timestamp: "2026-11-20T03:00:00.000Z",
    });
    expect(compose("Task", { ...own, IsClosed: false }).properties.hs_task_status).toBe("NOT_STARTED");
  });
  it("a logged call keeps duration, direction and outcome", () => {
    const values = {
      Subject: "Price",
      Description: "Wants more",
      ActivityDate: "2026-11-23",
      CompletedDateTime: "2026-11-23T05:00:00.000+0000",
      IsClosed: true,
      TaskSubtype: "Call",
      CallType: "Outbound",
      CallDurationInSeconds: 90,
      CallDisposition: "no answer",
    };
    expect(compose("Task", values)).toEqual({
      object: "call",
      properties: {
        hs_timestamp: "2026-11-23T05:00:00.000Z",
        hs_call_title: "Price",
        hs_call_body: "Wants more",
        hs_call_duration: "90000",
        hs_call_direction: "OUTBOUND",
        hs_call_disposition: "73a0d17f-1163-4015-bdd5-ec830791da20",
        hs_call_status: "COMPLETED",
      },
    });
    const open = compose("Task", { TaskSubtype: "Call", CallType: "Internal", CallDisposition: "Booked by us" });
    expect(Object.keys(open.properties).toSorted()).toEqual(["hs_call_body", "hs_call_title", "hs_timestamp"]);
  });
  it("an org's own words are those that the table gives; a portal's own outcome is found by its label, a deleted one not", () => {
    const words = activityWordsOf({
      taskWords: {
        statuses: [
          { value: "着手", label: "着手", isDefault: true, isClosed: false },
          { value: "済", label: "済", isDefault: false, isClosed: true },
        ],
        priorities: [
          { value: "急", label: "急", isDefault: false, isHigh: true },
          { value: "並", label: "並", isDefault: true, isHigh: false },
        ],
      },
      callOutcomes: [
        { id: "0c3ed6ff-7f2e-4c1e-9c06-2a2f5b6f1d10", label: "アポ獲得", deleted: true },
        { id: "0c3ed6ff-7f2e-4c1e-9c06-2a2f5b6f1d11", label: "アポ獲得", deleted: false },
        { id: "0c3ed6ff-7f2e-4c1e-9c06-2a2f5b6f1d12", label: "旧", deleted: true },
      ],
    });
    const composed = (values: Values) =>
      composeEngagement({ type: "Task", values, createdAt: CREATED, timeZone: "Asia/Tokyo", words }).properties;
    expect(composed({ Status: "済", Priority: "急" })).toMatchObject({
      hs_task_status: "COMPLETED",
      hs_task_priority: "HIGH",
    });
    expect(composed({ Status: "着手", Priority: "並" })).toMatchObject({
      hs_task_status: "NOT_STARTED",
      hs_task_priority: "MEDIUM",
    });
    expect(composed({ TaskSubtype: "Call", CallDisposition: "アポ獲得" }).hs_call_disposition).toBe(
      "0c3ed6ff-7f2e-4c1e-9c06-2a2f5b6f1d11",
    );
    for (const label of ["旧", "Connected"])
      expect(composed({ TaskSubtype: "Call", CallDisposition: label })).not.toHaveProperty("hs_call_disposition");
  });
  it("a call that was logged weeks later stands on its own day", () => {
    const values = { TaskSubtype: "Call", ActivityDate: "2026-10-01", CompletedDateTime: "2026-11-23T05:00:00Z" };
    expect(compose("Task", values).properties.hs_timestamp).toBe("2026-10-01T03:00:00.000Z");
  });
  it("an email loses Salesforce's prefix", () => {
    const composed = compose("Task", { TaskSubtype: "Email", Subject: "Email: Hello", Description: "<3" });
    expect(composed).toMatchObject({
      object: "email",
      properties: {
        hs_email_subject: "Hello",
        hs_email_text: "<3",
        hs_email_direction: "EMAIL",
        hs_email_status: "SENT",
      },
    });
  });
  it("an Event becomes a meeting; without an end its duration counts, else 30 minutes", () => {
    const values = { Subject: "Demo", StartDateTime: "2026-11-24T01:00:00.000+0000", Location: "Osaka" };
    expect(compose("Event", { ...values, DurationInMinutes: 45 })).toEqual({
      object: "meeting",
      properties: {
        hs_timestamp: "2026-11-24T01:00:00.000Z",
        hs_meeting_title: "Demo",
        hs_meeting_body: "",
        hs_meeting_start_time: "2026-11-24T01:00:00.000Z",
        hs_meeting_end_time: "2026-11-24T01:45:00.000Z",
        hs_meeting_location: "Osaka",
      },
    });
    expect(compose("Event", values).properties.hs_meeting_end_time).toBe("2026-11-24T01:30:00.000Z");
  });
  it("a whole-day Event covers the portal's days", () => {
    const values = {
      IsAllDayEvent: true,
      StartDateTime: "2026-11-24T00:00:00.000+0000",
      EndDateTime: "2026-11-25T00:00:00.000+0000",
    };
    expect(compose("Event", values).properties).toMatchObject({
      hs_meeting_start_time: "2026-11-23T15:00:00.000Z",
      hs_meeting_end_time: "2026-11-25T15:00:00.000Z",
    });
  });
});

describe("D40: laws of the way to HubSpot", () => {
  const raw: fc.Arbitrary<RawValue> = fc.oneof(
    fc.constantFrom<RawValue[]>(null, "", true, false, "Call", "Email", "2026-11-24", "2026-11-24T01:00:00.000+0000"),
    fc.constantFrom<RawValue[]>("0000-99-99", "99999999999999", -1, 1.5, Number.NaN, "x".repeat(300), "<b>&amp;"),
    fc.string(),
  );
  const fields = ["Subject", "Description", "ActivityDate", "Status", "TaskSubtype", "CallDurationInSeconds"];
  const more = ["StartDateTime", "EndDateTime", "IsAllDayEvent", "DurationInMinutes", "CompletedDateTime", "CallType"];
  const values = fc.dictionary(fc.constantFrom(...fields, ...more), raw);
  it("whatever Salesforce holds, there is a time, and a meeting does not end before its start", () => {
    fc.assert(
      fc.property(fc.constantFrom("Task" as const, "Event" as const), values, (type, v) => {
        const { properties: p } = compose(type, v);
        expect(Date.parse(p.hs_timestamp ?? "")).not.toBeNaN();
        if (type === "Event")
          expect(Date.parse(p.hs_meeting_end_time ?? "")).toBeGreaterThanOrEqual(
            Date.parse(p.hs_meeting_start_time ?? ""),
          );
      }),
      { numRuns: 5_000 },
    );
  });
  it("a meeting's times and a call's duration, direction and outcome come back as they went", () => {
    const at = fc.integer({ min: CREATED / 1000, max: CREATED / 1000 + 10_000_000 }).map((n) => n * 1000);
    fc.assert(
      fc.property(at, fc.integer({ min: 1, max: 20_000 }), (start, minutes) => {
        const stamps = {
          hs_meeting_start_time: new Date(start).toISOString(),
          hs_meeting_end_time: new Date(start + minutes * 60_000).toISOString(),
        };
        const event = composeActivity({ object: "meeting", values: stamps, language: "ja", timeZone: "Asia/Tokyo" });
        expect(compose("Event", event.values).properties).toMatchObject(stamps);
        const call = {
          hs_call_duration: String(minutes * 1000),
          hs_call_direction: minutes % 2 === 0 ? "INBOUND" : "OUTBOUND",
          hs_call_disposition: "9d9162e7-6cf3-4944-bf63-4dff82258764",
        };
        const task = composeActivity({ object: "call", values: call, language: "en", timeZone: "Asia/Tokyo" });
        expect(compose("Task", task.values).properties).toMatchObject({ ...call, hs_call_status: "COMPLETED" });
      }),
      { numRuns: 1_000 },
    );
  });
});
