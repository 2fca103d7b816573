import fc from "fast-check";
import { expect, it } from "vitest";
import { CONTACTS } from "./object-types";
import type { CrmRecord } from "./record";
import { SearchIndex } from "./search-index";

const LAG = 10;

function makeRecord(id: string, at: number): CrmRecord {
  const origin = { at, sourceType: "API", sourceId: null, sourceLabel: null, userId: null } as const;
  const base = { id, properties: {}, createdAt: at, updatedAt: at, archived: false, archivedAt: null };
  return { ...base, origin, history: {} };
}

it("whatever happens, search sees exactly the records as they were a lag ago, in order of stamp and id", () => {
  const step = fc.record({
    id: fc.integer({ min: 1, max: 4 }),
    wait: fc.oneof(fc.constant(0), fc.nat(12)),
    isRemoval: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60, size: "max" }), fc.nat(60), (steps, from) => {
      const index = new SearchIndex(CONTACTS);
      const log: { at: number; id: string; record: CrmRecord | undefined }[] = [];
      let now = 0;
      for (const { id, wait, isRemoval } of steps) {
        now += wait;
        const record = isRemoval ? undefined : makeRecord(String(id), now);
        log.push({ at: now, id: String(id), record });
        index.enqueue(now, String(id), record);
        index.advance(now, LAG);
        const seen = new Map<string, CrmRecord>();
        for (const entry of log.filter(({ at }) => at <= now - LAG)) {
          if (entry.record) seen.set(entry.id, entry.record);
          else seen.delete(entry.id);
        }
        const expected = [...seen.values()]
          .filter(({ updatedAt }) => updatedAt >= from)
          .sort((a, b) => a.updatedAt - b.updatedAt || Number(a.id) - Number(b.id));
        expect([...index.changedBetween(from, Number.POSITIVE_INFINITY)]).toEqual(expected);
        expect(index.countBetween(from, Number.POSITIVE_INFINITY)).toBe(expected.length);
        const upTo = [...seen.values()].filter(({ updatedAt }) => updatedAt >= from && updatedAt <= from + 20);
        expect(index.countBetween(from, from + 20)).toBe(upTo.length);
        const byId = [...seen.values()].sort((a, b) => Number(a.id) - Number(b.id));
        expect([...index.allById()]).toEqual(byId);
      }
    }),
  );
});
