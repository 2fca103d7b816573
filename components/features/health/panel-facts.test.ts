import { describe, expect, test } from "vitest";
import type { ErrorRecord } from "@/lib/contracts/errors";
import { commonError, namedFields } from "./panel-facts";
import { readJobIds, resyncRequests } from "./resync-requests";

const TARGET = { type: "value_too_long", object: null, side: null };

function row(fields: string[], salesforceType: "Lead" | "Contact" = "Lead"): ErrorRecord {
  return {
    error: {
      id: fields.join() + salesforceType,
      type: "value_too_long",
      category: "property_values",
      side: "salesforce",
      fields: fields.map((field) => ({ field, label: `${field} label`, value: "x", text: null })),
      remoteCode: "STRING_TOO_LONG",
      remoteMessage: "too long",
      retry: "waits",
      openedAt: "2026-11-24T00:00:00.000Z",
      lastSeenAt: "2026-11-24T00:00:00.000Z",
      closedAt: null,
      occurrences: 1,
    },
    record: {
      id: "1",
      object: "contact",
      name: "Ann",
      company: "",
      email: null,
      hubspotId: null,
      salesforceId: null,
      salesforceType,
      hubspotUrl: null,
      salesforceUrl: null,
      nextTryAt: null,
    },
  };
}

describe("what the records of an error have in common", () => {
  test("the field is named in the words only where all have the same", () => {
    expect(commonError(TARGET, [], [row(["Title"]), row(["Title"])]).fields.map((f) => f.field)).toEqual(["Title"]);
    expect(commonError(TARGET, [], [row(["Title"]), row(["Phone"])]).fields).toEqual([]);
  });
  test("so is the Salesforce type", () => {
    expect(commonError(TARGET, [], [row(["Title"])]).salesforceType).toBe("Lead");
    expect(commonError(TARGET, [], [row(["Title"]), row(["Title"], "Contact")]).salesforceType).toBeNull();
  });
  test("before any record is there, the address has to do", () => {
    expect(commonError({ ...TARGET, side: "hubspot" }, [], [])).toMatchObject({ side: "hubspot", fields: [] });
  });
  test("every field is listed once", () => {
    const names = namedFields([row(["Title", "Phone"]), row(["Phone"])]);
    expect(names.map((name) => name.label)).toEqual(["Title label", "Phone label"]);
  });
});

describe("a resync of all", () => {
  const group = { category: "property_values", type: "value_too_long", records: 1, since: "", newest: "" } as const;
  test("is one job for each object, narrowed to the side that was asked for", () => {
    const groups = [
      { ...group, object: "contact", side: "salesforce" },
      { ...group, object: "contact", side: "hubspot" },
      { ...group, object: "deal", side: "salesforce" },
    ] as const;
    const requests = resyncRequests({ ...TARGET, side: "salesforce" }, groups);
    expect(requests.map((request) => [request.object, request.errorTypes, request.errorSide])).toEqual([
      ["contact", ["value_too_long"], "salesforce"],
      ["deal", ["value_too_long"], "salesforce"],
    ]);
  });
  test("its jobs are read from the address, and nothing else is", () => {
    const id = "11111111-1111-4111-8111-111111111111";
    expect(readJobIds(new URLSearchParams({ job: `${id},../../etc` }))).toEqual([id]);
    expect(readJobIds(new URLSearchParams())).toEqual([]);
  });
});
