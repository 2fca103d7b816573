export type Question = { title: string; path: string };
/** Milliseconds from the request to the whole answer; `rows`: of the last answer. */
export type Times = { p50: number; p95: number; rows: number };
export type Api = { get(path: string): Promise<Page> };
type Page = { rows: { id: string; name: string }[]; nextCursor: string | null };

/** What the records pages ask for: nothing filtered, each filter, both orders, searches of both scripts. */
export const QUESTIONS: Question[] = [
  { title: "first page", path: "/api/records" },
  { title: "by name, Z first", path: "/api/records?sort=-name" },
  { title: "by last sync, newest first", path: "/api/records?sort=-synced" },
  { title: "by last sync, oldest first", path: "/api/records?sort=synced" },
  { title: "state: in sync", path: "/api/records?state=in_sync" },
  { title: "state: failing", path: "/api/records?state=failing" },
  { title: "state: excluded, by last sync", path: "/api/records?state=excluded&sort=-synced" },
  { title: "one error type", path: "/api/records?state=failing&error=value_too_long" },
  { title: "one exclusion reason", path: "/api/records?state=excluded&reason=filtered_out" },
  { title: "numbers of errors and reasons", path: "/api/records/reasons" },
  { title: "search of 3 letters", path: "/api/records?search=nov" },
  { title: "search of 3 letters, failing", path: "/api/records?search=nov&state=failing" },
  { title: "search of 3 letters, by last sync", path: "/api/records?search=nov&sort=-synced" },
  { title: "search of 2 Japanese letters", path: `/api/records?search=${encodeURIComponent("田中")}` },
  { title: "search of 2 words", path: `/api/records?search=${encodeURIComponent("花子 東海")}` },
  { title: "search of an address", path: "/api/records?search=novak777" },
  { title: "search that finds nothing", path: "/api/records?search=zzqqxx" },
];

/** Asks one after the other, `times` times each, after two that warm up. */
export async function timeQuestion(api: Api, path: string, times: number): Promise<Times> {
  let rows = 0;
  const took: number[] = [];
  for (let n = -2; n < times; n += 1) {
    const startedAt = performance.now();
    const page = await api.get(path);
    if (n >= 0) took.push(performance.now() - startedAt);
    rows = page.rows?.length ?? 0;
  }
  return { p50: quantile(took, 0.5), p95: quantile(took, 0.95), rows };
}

/** The cursor of a page in the middle of the list, without walking there: that of a row with a name from the middle. */
export function cursorAt(sort: string, value: string): string {
  return Buffer.from(JSON.stringify([sort, value, "00000000-0000-4000-8000-000000000000"])).toString("base64url");
}

export function openApi(url: string, key: string): Api {
  return {
    async get(path) {
      const answer = await fetch(url + path, { headers: { authorization: `Bearer ${key}` } });
      const text = await answer.text();
      if (!answer.ok) throw new Error(`${path} was answered ${answer.status}: ${text.slice(0, 300)}`);
      return JSON.parse(text) as Page;
    },
  };
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? 0;
}
