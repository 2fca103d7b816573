import { describe, expect, test } from "vitest";
import { pickTrigger } from "@/components/record-words/pick-trigger";
import type { FieldRow, RecordDetail, SyncErrorView, Trigger } from "@/lib/contracts/records";
import { openErrors, readCardSentence } from "./card-sentence";
import { arrangeFields, findMappingId } from "./field-table-view";
import { pollEvery } from "./record-queries";
import { readRefusal, toneOfResult } from "./sync-outcome";

function trigger(code: string, at = "2026-01-01T00:00:00Z"): Trigger {
  return { code, side: null, fields: [], labels: [], at, by: null };
}

function field(over: Partial<FieldRow>): FieldRow {
  return {
    mappingId: "m1",
    hubspotProperty: "jobtitle",
    hubspotLabel: "Job title",
    salesforceField: "Title",
    salesforceLabel: "Title",
    rule: "two_way",
    hubspot: "CFO",
    salesforce: "CEO",
    base: { hubspot: "CEO", salesforce: "CEO" },
    hubspotText: null,
    salesforceText: null,
    baseText: null,
    action: "write",
    writes: "salesforce",
    winner: "hubspot",
    reason: "only_hubspot_changed",
    conflict: false,
    ...over,
  };
}

const record: RecordDetail = {
  id: "r1",
  object: "contact",
  name: "Ada",
  company: "",
  email: "ada@example.com",
  state: "in_sync",
  exclusionReason: null,
  errorType: null,
  errorSide: null,
  hubspotId: "1",
  salesforceId: "003",
  salesforceType: "Contact",
  lastSyncedAt: "2026-01-01T14:02:00Z",
  deal: null,
  hubspotUrl: null,
  salesforceUrl: null,
  triggers: [],
  lastTriggers: [trigger("T1"), trigger("T10")],
  nextTryAt: null,
  attempts: 0,
  hubspotModifiedAt: null,
  salesforceModifiedAt: null,
  errors: [],
  gates: [],
  fields: [],
  related: [],
  candidates: [],
};

const error: SyncErrorView = {
  id: "e1",
  type: "validation_rule",
  category: "custom_code",
  side: "salesforce",
  fields: [],
  remoteCode: "FIELD_CUSTOM_VALIDATION_EXCEPTION",
  remoteMessage: "Last name must not be numeric",
  retry: "waits",
  openedAt: "2026-01-01T00:00:00Z",
  lastSeenAt: "2026-01-01T00:00:00Z",
  closedAt: null,
  occurrences: 1,
};

describe("the card's sentence", () => {
  test("names the edit rather than the check that found it", () => {
    expect(readCardSentence(record)).toMatchObject({ kind: "in_sync", trigger: { code: "T10" } });
  });
  test("names the newest of two equal triggers", () => {
    const newest = trigger("T10", "2026-01-02T00:00:00Z");
    expect(pickTrigger([trigger("T10"), newest])).toBe(newest);
  });
  test("tells the open error and forgets the closed one", () => {
    const closed = { ...error, id: "e0", closedAt: "2026-01-03T00:00:00Z", lastSeenAt: "2026-01-03T00:00:00Z" };
    expect(openErrors([closed, error])).toEqual([error]);
    expect(readCardSentence({ ...record, state: "failing", errors: [closed, error] })).toEqual({
      kind: "failing",
      error,
    });
  });
  test("stands even when a failing record has no error yet", () => {
    expect(readCardSentence({ ...record, state: "failing" })).toEqual({ kind: "failing", error: null });
  });
});

describe("the field table", () => {
  test("puts a conflict first, then what will be written, then what merely differs", () => {
    const table = arrangeFields([
      field({ mappingId: "same", reason: "equal", action: "none" }),
      field({ mappingId: "differs", reason: "unchanged", action: "none" }),
      field({ mappingId: "write" }),
      field({ mappingId: "conflict", conflict: true }),
    ]);
    expect(table.differing.map((l) => l.row.mappingId)).toEqual(["conflict", "write", "differs"]);
    expect(table.same.map((l) => l.row.mappingId)).toEqual(["same"]);
    expect(table.pendingCount).toBe(2);
  });
  test("puts the field that an open error names before all others", () => {
    const fields = [
      field({ mappingId: "conflict", conflict: true, salesforceField: "Fax" }),
      field({ mappingId: "refused" }),
    ];
    const open = { ...error, fields: [{ field: "Title", label: "Title", value: "CFO", text: null }] };
    const order = (errors: SyncErrorView[]) => arrangeFields(fields, errors).differing.map((l) => l.row.mappingId);
    expect(order([open])).toEqual(["refused", "conflict"]);
    expect(order([{ ...open, closedAt: "2026-01-02T00:00:00Z" }])).toEqual(["conflict", "refused"]);
  });
  test("marks the changed side against the base and shows what will be written", () => {
    const line = arrangeFields([field({})]).differing[0];
    expect(line).toMatchObject({ changedInHubspot: true, changedInSalesforce: false });
    expect(line?.pending).toEqual({ side: "salesforce", value: "CFO", text: null });
  });
  test("takes null and blank for the same", () => {
    const row = field({ hubspot: "", salesforce: null, base: { hubspot: null, salesforce: " " }, reason: "dont_sync" });
    const line = arrangeFields([row]).same[0];
    expect(line).toMatchObject({ differs: false, changedInHubspot: false, changedInSalesforce: false });
  });
  test("knows mappings by either side's name", () => {
    expect(findMappingId({ fields: [field({})] }, ["Title"])).toBe("m1");
    expect(findMappingId({ fields: [field({})] }, ["Fax"])).toBeNull();
  });
});

describe("an open record page", () => {
  test("asks every 2 s while a result is near and every 30 s else", () => {
    expect(pollEvery("due")).toBe(2_000);
    expect(pollEvery("syncing")).toBe(2_000);
    expect(pollEvery("in_sync")).toBe(30_000);
  });
});

describe("a pressed Sync now", () => {
  test("that was refused is told apart from one that ran and failed", () => {
    expect(readRefusal("already_running")).toBe("alreadyRunning");
    expect(readRefusal("connection_suspended")).toBe("suspended");
    expect(readRefusal("network")).toBe("notStarted");
    expect(toneOfResult({ outcome: "failed" })).toBe("fail");
    expect(toneOfResult({ outcome: "excluded" })).toBe("info");
    expect(toneOfResult({ outcome: "unchanged" })).toBe("ok");
  });
});
