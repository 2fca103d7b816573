import { hashEntry, listChain } from "@/lib/store/audit";

export type ChainResult = {
  /** Entries that carry a hash */
  checked: number;
  /** The first entry that does not fit to the one before it; null: all fit */
  brokenAt: { id: string; at: Date } | null;
  /** The newest hash; written down elsewhere it proves later that nothing before it was changed */
  head: string | null;
};

const BATCH = 1_000;

/** Walks the whole audit log and computes each hash anew, 1,000 entries at a time. */
export async function checkAuditChain(): Promise<ChainResult> {
  let before = "";
  let checked = 0;
  let after = -1n;
  for (;;) {
    const entries = await listChain(after, BATCH);
    for (const entry of entries) {
      after = entry.seq;
      // Entries of the time before the chain; inside the chain a missing hash is a breach.
      if (entry.hash === null && before === "") continue;
      if (entry.hash !== hashEntry(entry, before)) {
        return { checked, brokenAt: { id: entry.id, at: entry.at }, head: before || null };
      }
      before = entry.hash;
      checked += 1;
    }
    if (entries.length < BATCH) return { checked, brokenAt: null, head: before || null };
  }
}
