import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { tidyText } from "./plain-text";
import { toHubSpotTask, toPlainTask } from "./task-values";
import { minuteIn } from "./zoned-time";

const TOKYO = "Asia/Tokyo";

describe("A2: a HubSpot task as Salesforce holds it", () => {
  it("the body is plain text and the due time a day of the portal", () => {
    const task = {
      hs_task_body: "<p>Send <b>it</b></p>",
      hs_timestamp: "2026-11-23T15:30:00.000Z",
      hs_task_subject: "a",
    };
    expect(toPlainTask(task, TOKYO)).toEqual({
      hs_task_body: "Send it",
      hs_timestamp: "2026-11-24",
      hs_task_subject: "a",
    });
    expect(toPlainTask({ hs_task_body: null, hs_timestamp: null }, TOKYO)).toEqual({
      hs_task_body: null,
      hs_timestamp: null,
    });
    expect(toPlainTask({ hs_task_body: "<p></p>", hs_timestamp: "soon" }, TOKYO)).toEqual({
      hs_task_body: null,
      hs_timestamp: "soon",
    });
    expect(toPlainTask({}, TOKYO)).toEqual({});
  });
  it("a new task is due at 8:00, a moved one keeps its time of day", () => {
    expect(toHubSpotTask({ hs_timestamp: "2026-11-24", hs_task_body: "a\nb" }, null, TOKYO)).toEqual({
      hs_timestamp: "2026-11-23T23:00:00.000Z",
      hs_task_body: "a<br>b",
    });
    const moved = toHubSpotTask({ hs_timestamp: "2026-11-25" }, "2026-11-24T05:45:00.000Z", TOKYO);
    expect(moved).toEqual({ hs_timestamp: "2026-11-25T05:45:00.000Z" });
    const same = toHubSpotTask({ hs_timestamp: "2026-11-24" }, String(Date.parse("2026-11-24T05:45:12.345Z")), TOKYO);
    expect(same).toEqual({ hs_timestamp: "2026-11-24T05:45:12.345Z" });
    expect(toHubSpotTask({ hs_timestamp: "", hs_task_body: null }, null, TOKYO)).toEqual({
      hs_timestamp: "",
      hs_task_body: "",
    });
  });
  it("D44: what was written for a plain form has that plain form again, in every zone and through changes of the clocks", () => {
    const zone = fc.constantFrom(
      "UTC",
      TOKYO,
      "America/New_York",
      "Europe/Berlin",
      "America/Sao_Paulo",
      "Australia/Lord_Howe",
    );
    const moment = fc.integer({ min: 0, max: 2_000_000_000 }).map((n) => n * 1000);
    const day = fc.integer({ min: 0, max: 25_000 }).map((n) => new Date(n * 86_400_000).toISOString().slice(0, 10));
    const text = fc
      .string({ unit: fc.constantFrom("a", " ", "\n", "<", "&", "あ"), maxLength: 20 })
      .map((one) => tidyText(one).trim());
    fc.assert(
      fc.property(zone, day, fc.option(moment), text, (timeZone, due, held, body) => {
        const plain = { hs_timestamp: due, hs_task_body: body || null };
        const written = toHubSpotTask(plain, held, timeZone);
        expect(toPlainTask(written, timeZone)).toEqual(plain);
        const clock = held === null ? "08:00" : minuteIn(timeZone, held).slice(11);
        // Between 4:00 and 22:00 no zone here moves its clocks.
        if (clock > "04:00" && clock < "22:00")
          expect(minuteIn(timeZone, Date.parse(String(written.hs_timestamp))).slice(11)).toBe(clock);
      }),
      { numRuns: 5_000 },
    );
  });
});
