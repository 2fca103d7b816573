import { describe, expect, it } from "vitest";
import { classifyFailure, type RemoteFailure } from "./classify-error";
import { decideRetry } from "./decide-retry";
import type { ErrorType } from "./error-types";

const failure = (f: Partial<RemoteFailure>): RemoteFailure => ({
  side: "salesforce",
  status: 200,
  code: "",
  message: "",
  fields: [],
  uncertain: false,
  ...f,
});

describe("D22, E1: every failure has one of the closed types", () => {
  const table: [string, Partial<RemoteFailure>, ErrorType][] = [
    ["a validation rule", { code: "FIELD_CUSTOM_VALIDATION_EXCEPTION" }, "validation_rule"],
    ["a restricted picklist", { code: "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST" }, "picklist_value_not_found"],
    ["a lost session", { status: 401, code: "INVALID_SESSION_ID" }, "sign_in_lost"],
    [
      "the daily limit",
      { status: 403, code: "REQUEST_LIMIT_EXCEEDED", message: "TotalRequests Limit exceeded." },
      "daily_limit_reached",
    ],
    [
      "too many long calls at once is no daily limit",
      { status: 403, code: "REQUEST_LIMIT_EXCEEDED", message: "ConcurrentRequests Limit exceeded." },
      "rate_limited",
    ],
    ["HubSpot's ten-second limit", { side: "hubspot", status: 429, code: "TEN_SECONDLY_ROLLING" }, "rate_limited"],
    ["HubSpot's daily limit", { side: "hubspot", status: 429, code: "DAILY" }, "daily_limit_reached"],
    [
      "an object in which nothing may be created is no automation",
      { code: "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY", message: "entity type cannot be inserted: Task" },
      "object_permission",
    ],
    [
      "a trigger",
      { code: "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY", message: "T: execution of BeforeInsert" },
      "flow_or_trigger",
    ],
    ["an object that our user cannot see", { status: 400, code: "INVALID_TYPE" }, "object_permission"],
    ["an address that another contact has", { side: "hubspot", code: "CONFLICT" }, "email_in_use"],
    [
      "a state that Salesforce's state picklist does not have",
      {
        code: "FIELD_INTEGRITY_EXCEPTION",
        message: "There's a problem with this state. Please select a state from the list of valid states.: State",
      },
      "picklist_value_not_found",
    ],
    ["a merged-away contact", { side: "hubspot", code: "NOT_RETURNED" }, "record_merged"],
    ["no answer to a write", { status: 0, uncertain: true }, "answer_lost"],
    ["no answer to a read", { status: 0 }, "unavailable"],
    ["an outage page", { status: 503 }, "unavailable"],
    ["a code nobody knows", { status: 400, code: "BRAND_NEW_CODE" }, "unknown"],
  ];
  it.each(table)("%s", (_, input, type) => {
    expect(classifyFailure(failure(input), {}).type).toBe(type);
  });

  it("names the field and the value at fault, also where only the message tells", () => {
    const sent = { Title: "x".repeat(130), LastName: "Mori" };
    const named = classifyFailure(failure({ code: "STRING_TOO_LONG", fields: ["Title"] }), sent);
    expect(named.fields).toEqual([{ field: "Title", value: sent.Title }]);
    const told = classifyFailure(
      failure({ code: "STRING_TOO_LONG", message: `Title: data value too large: ${sent.Title} (max length=128)` }),
      sent,
    );
    expect(told.fields).toEqual([{ field: "Title", value: sent.Title }]);
  });
});

describe("D23, E3: when a failing record is tried again", () => {
  it("waits longer each time, spread, and never above an hour", () => {
    const waits = Array.from({ length: 12 }, (_, i) => decideRetry("heals", i + 1, 0, 0.999).at);
    expect(waits[0]).toBeLessThanOrEqual(30_000);
    for (let i = 1; i < waits.length; i++) expect(waits[i]).toBeGreaterThanOrEqual(waits[i - 1] ?? 0);
    expect(Math.max(...waits)).toBeLessThanOrEqual(3_600_000);
    expect(decideRetry("heals", 3, 0, 0).at).toBe(60_000);
  });
  it("what a person must cure is tried once a day", () => {
    expect(decideRetry("heals", 1, 0, 0.5).daily).toBe(false);
    expect(decideRetry("waits", 5, 1000, 0.5)).toEqual({ at: 86_401_000, daily: true });
  });
});
