type Entry = { value: unknown; loadedAt: number; tookMs: number; loading: Promise<unknown> | null };

const entries = new Map<string, Entry>();

// Up to this a count is cheap enough to ask again; at 1,000,000 rows it is not, and an answer of 5 s ago does.
const CHEAP_MS = 60;
const FRESH_MS = 1_000;
const FRESH_WHEN_DEAR_MS = 5_000;
const USABLE_MS = 120_000;
const MAX_ENTRIES = 500;

/**
 * Keeps an answer for a moment. Cheap questions are asked again after 1 s. Dear ones (over 60 ms) are answered from memory
 * at once and renewed behind it when older than 5 s, so that nobody waits for a count of a million rows.
 */
export async function cacheBriefly<Value>(key: string, load: () => Promise<Value>): Promise<Value> {
  const entry = entries.get(key);
  const age = entry ? Date.now() - entry.loadedAt : Number.POSITIVE_INFINITY;
  if (!entry || age > USABLE_MS) return (await renew(key, load)) as Value;
  const dear = entry.tookMs > CHEAP_MS;
  if (age <= (dear ? FRESH_WHEN_DEAR_MS : FRESH_MS)) return entry.value as Value;
  const renewal = renew(key, load);
  if (!dear) return (await renewal) as Value;
  renewal.catch(() => undefined);
  return entry.value as Value;
}

/** Forgets everything, e.g. between tests. */
export function clearBriefCache(): void {
  entries.clear();
}

function renew(key: string, load: () => Promise<unknown>): Promise<unknown> {
  const entry = entries.get(key);
  if (entry?.loading) return entry.loading;
  const startedAt = Date.now();
  const loading = load().then(
    (value) => {
      if (entries.size >= MAX_ENTRIES) entries.clear();
      entries.set(key, { value, loadedAt: Date.now(), tookMs: Date.now() - startedAt, loading: null });
      return value;
    },
    (error: unknown) => {
      if (entry) entry.loading = null;
      throw error;
    },
  );
  if (entry) entry.loading = loading;
  return loading;
}
