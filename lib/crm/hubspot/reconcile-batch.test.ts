import { describe, expect, test } from "vitest";
import type { HubSpotWrite } from "../face";
import { reconcileBatch } from "./reconcile-batch";
import { recordSchema } from "./record-format";
import { errorSchema } from "./translate-failure";

function makeWrite(key: string, operation: "create" | "update", id: string | null = null): HubSpotWrite {
  return { key, operation, id, salesforceId: operation === "create" ? `00Q${key}` : null, values: { lastname: key } };
}

const record = (id: string, properties: Record<string, string | null>) =>
  recordSchema.parse({ id, properties, updatedAt: "2026-11-23T10:00:00.000Z" });

describe("matching a batch answer without trace ids", () => {
  test("updates are matched by id, in whatever order they come", () => {
    const writes = [makeWrite("a", "update", "1"), makeWrite("b", "update", "2")];
    const results = [record("2", { lastname: "B" }), record("1", { lastname: "A" })];
    const outcomes = reconcileBatch(writes, "update", { results, errors: [] });
    expect(outcomes).toMatchObject([
      { key: "a", id: "1", stored: { lastname: "A" }, modifiedAt: Date.UTC(2026, 10, 23, 10) },
      { key: "b", id: "2", stored: { lastname: "B" } },
    ]);
  });

  test("upserts are matched by the unique property", () => {
    const writes = [makeWrite("a", "create"), makeWrite("b", "create")];
    const results = [record("9", { kakehashi_salesforce_id: "00Qb", lastname: "b" })];
    const outcomes = reconcileBatch(writes, "upsert", { results, errors: [] });
    expect(outcomes[1]).toMatchObject({ ok: true, id: "9" });
    expect(outcomes[0]).toMatchObject({ ok: false, failure: { uncertain: true, code: "" } });
  });

  test("plain creates are matched by order only when every one of them succeeded", () => {
    const writes = [makeWrite("a", "create"), makeWrite("b", "create")];
    const all = [record("1", { lastname: "a" }), record("2", { lastname: "b" })];
    expect(reconcileBatch(writes, "create", { results: all, errors: [] })).toMatchObject([{ id: "1" }, { id: "2" }]);
    const one = reconcileBatch(writes, "create", { results: all.slice(1), errors: [] });
    expect(one.map((outcome) => outcome.ok)).toEqual([false, false]);
  });

  test("an error that names ids, or nothing at all, still reaches its records", () => {
    const writes = [makeWrite("a", "update", "1"), makeWrite("b", "update", "2")];
    const errors = [
      errorSchema.parse({ category: "OBJECT_NOT_FOUND", message: "gone", context: { ids: ["1"] } }),
      errorSchema.parse({ category: "VALIDATION_ERROR", message: "something else" }),
    ];
    const outcomes = reconcileBatch(writes, "update", { results: [], errors });
    expect(outcomes).toMatchObject([
      { failure: { code: "OBJECT_NOT_FOUND" } },
      { failure: { code: "VALIDATION_ERROR" } },
    ]);
  });

  test("a value that HubSpot does not echo counts as stored as it was sent", () => {
    const [outcome] = reconcileBatch([makeWrite("a", "update", "1")], "update", {
      results: [record("1", {})],
      errors: [],
    });
    expect(outcome).toMatchObject({ stored: { lastname: "a" } });
  });
});
