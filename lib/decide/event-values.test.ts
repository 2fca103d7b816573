import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { composeActivity } from "./compose-activity";
import { emailOf, mergeEmailEvents, singleEmailEvent, submissionValues } from "./event-values";
import type { Values } from "./record-types";
import type { EmailEvent } from "./roll-up-email";

const MAIL = { name: "News", subject: "What is new", recipient: "a@example.com", contactId: "7" };
const event = fc.record({
  id: fc.uuid(),
  type: fc.constantFrom("sent" as const, "opened" as const, "clicked" as const),
  at: fc.integer({ min: 1_700_000_000_000, max: 1_800_000_000_000 }),
  url: fc.option(fc.webUrl(), { nil: null }),
}) as fc.Arbitrary<EmailEvent>;

describe("events as the values of one activity", () => {
  test("D49, A3: events that come in parts, in any order, some of them again, make what they make at once", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(event, { selector: ({ id }) => id.slice(0, 13), maxLength: 30 }),
        fc.nat(),
        (events, cut) => {
          const at = events.length === 0 ? 0 : cut % (events.length + 1);
          const whole = mergeEmailEvents(MAIL, null, events);
          const first = mergeEmailEvents(MAIL, null, events.slice(0, at));
          expect(mergeEmailEvents(MAIL, first, events.slice(at))).toEqual(whole);
          expect(mergeEmailEvents(MAIL, whole, events.toReversed())).toEqual(whole);
          expect(whole.opens).toBe(events.filter(({ type }) => type === "opened").length);
        },
      ),
    );
  });

  test("D49: what was kept may be any text", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (events) => {
        const opened: EmailEvent = { id: "x", type: "opened", at: 1_700_000_000_000, url: null };
        expect(mergeEmailEvents(MAIL, { events }, [opened]).contact_id).toBe("7");
      }),
    );
  });

  test("D49: 10,000 opens of one mail keep the record small", () => {
    const opens = Array.from({ length: 10_000 }, (_, n): EmailEvent => {
      return { id: `${String(n).padStart(8, "0")}-0000-0000`, type: "opened", at: 1_700_000_000_000 + n, url: null };
    });
    const values = mergeEmailEvents(MAIL, null, opens);
    expect(values.opens).toBe(1_000);
    expect(JSON.stringify(values).length).toBeLessThan(60_000);
  });

  test("T2: the address is found however the form names it, and a very long submission is cut", () => {
    const submission = (fields: { name: string; value: string }[]) => ({ at: 1, pageUrl: "", fields });
    expect(emailOf(submission([{ name: "Email", value: " A@Example.com " }]))).toBe("a@example.com");
    expect(emailOf(submission([{ name: "email", value: " " }]))).toBeNull();
    expect(emailOf(submission([]))).toBeNull();
    const long = submissionValues("F", "7", submission([{ name: "message", value: "x".repeat(100_000) }]));
    expect(String(long.fields).length).toBeLessThanOrEqual(32_001);
  });

  test("D49, A2: whatever the event, its Task has words", () => {
    const language = "en" as const;
    fc.assert(
      fc.property(event, (one) => {
        const values: Values = singleEmailEvent(MAIL, one);
        const { values: task } = composeActivity({
          object: "marketing_email",
          values,
          language,
          timeZone: "Asia/Tokyo",
        });
        expect(task.Subject).toBe(`HubSpot – Marketing email ${one.type}: News`);
        expect(task.ActivityDate).toMatch(/^\d{4}-\d\d-\d\d$/);
      }),
    );
  });
});
