import type { SalesforceReading } from "@/lib/decide/record-types";
import type { Batch } from "./batch-work";

/** A merge of a merge of a conversion; beyond it the record waits for its next reading. */
const MAX_STEPS = 6;

/** Where an id ends, and every id that it led through, its own and the last one included. */
export type WayOn = { end: SalesforceReading; way: string[] };

/**
 * The Salesforce records at which these ids end, by the id asked for: a merged one ends at its master (M5), a converted
 * lead at its contact (M4), and either may have been merged or converted on. What stands as it is ends at itself; what
 * was deleted, or leads to a record that nobody sees, has no end. Two calls for each step on.
 */
export async function findEnds(batch: Batch, ids: string[]): Promise<Map<string, WayOn>> {
  const { salesforce } = batch.crms;
  const ends = new Map<string, WayOn>();
  let open = ids.map((id) => ({ from: id, at: id, way: [id] }));
  for (let step = 0; step < MAX_STEPS && open.length > 0; step += 1) {
    const readings = await salesforce.readByIds([...new Set(open.map(({ at }) => at))], batch.context.fields);
    const found = new Map(readings.map((one) => [one.id, one]));
    const goneIds = [...new Set(open.map(({ at }) => at))].filter((id) => !found.has(id));
    const gone = goneIds.length === 0 ? [] : await salesforce.readDeleted(goneIds);
    const masters = new Map(gone.map((one) => [one.id, one.masterId]));
    open = open.flatMap(({ from, at, way }) => {
      const reading = found.get(at);
      const next = reading ? convertedTo(reading) : masters.get(at);
      if (reading && !next) ends.set(from, { end: reading, way });
      return next ? [{ from, at: next, way: [...way, next] }] : [];
    });
  }
  return ends;
}

/** The contact that a lead became; null for all that stands as it is. */
export function convertedTo({ values }: SalesforceReading): string | null {
  const id = values.IsConverted === true ? values.ConvertedContactId : null;
  return typeof id === "string" && id !== "" ? id : null;
}
