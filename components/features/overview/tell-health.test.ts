import { describe, expect, it } from "vitest";
import { tellHealth } from "./tell-health";

const side = { connected: true, name: null, id: null };
const active = {
  status: "active",
  suspendedReason: null,
  suspendedSide: null,
  suspendedDetail: null,
  hubspot: side,
  salesforce: side,
} as const;
const none = { in_sync: 0, due: 0, syncing: 0, failing: 0, excluded: 0, paused: 0 };

describe("the sentence of health", () => {
  it("speaks of failing records before those that wait", () => {
    const health = tellHealth({ connection: active, counts: { ...none, in_sync: 10, due: 4, failing: 1 } });
    expect(health).toMatchObject({ kind: "failing", tone: "fail", values: { failing: 1 } });
  });
  it("speaks of a suspended connection before anything else and counts what waits with it", () => {
    const counts = { ...none, failing: 3, paused: 8, due: 1 };
    const health = tellHealth({ connection: { ...active, status: "suspended" }, counts });
    expect(health).toMatchObject({ kind: "suspended", values: { waiting: 9 } });
  });
  it("calls the first load a first sync, later ones catching up", () => {
    expect(tellHealth({ connection: active, counts: { ...none, due: 5 } }).kind).toBe("first_sync");
    expect(tellHealth({ connection: active, counts: { ...none, due: 5, in_sync: 1 } }).kind).toBe("catching_up");
  });
  it("is healthy when all are in sync and empty when there is nobody", () => {
    expect(tellHealth({ connection: active, counts: { ...none, in_sync: 2, excluded: 1 } }).kind).toBe("healthy");
    expect(tellHealth({ connection: active, counts: none }).kind).toBe("empty");
  });
});
