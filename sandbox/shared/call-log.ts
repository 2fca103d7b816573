/** One call as the sandbox saw it: `at` epoch ms, `ms` duration, `records` carried in or out. `status` 0 = cut off without an answer. */
export type Call = {
  at: number;
  method: string;
  path: string;
  query: string;
  status: number;
  ms: number;
  records: number;
};
export type RouteCount = { calls: number; records: number; errors: number };

/** Older entries are forgotten so that a long run does not fill the memory; the counts stay exact. */
const KEPT_CALLS = 20_000;

const ID_LIKE = [
  /^\d+$/,
  /^[0-9A-Za-z]{3}0[0-9A-Za-z]{11}([0-9A-Za-z]{3})?(-\d+)?$/,
  /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i,
  /@|%40/,
  /^(?=.*\d)[A-Za-z0-9._~-]{24,}$/,
];

/** Names the route of a call: method and path, with ids, addresses and tokens written as `:id`. */
export function nameRoute(method: string, path: string): string {
  const parts = path.split("/").map((part) => (ID_LIKE.some((like) => like.test(part)) ? ":id" : part));
  return `${method} ${parts.join("/")}`;
}

/** Everything that was called since the start or the last `clear`. */
export class CallLog {
  private entries: Call[] = [];
  private routes = new Map<string, RouteCount>();
  private count = 0;

  constructor(private readonly route: (method: string, path: string) => string = nameRoute) {}

  add(call: Call): void {
    this.count++;
    this.entries.push(call);
    if (this.entries.length > KEPT_CALLS * 1.1) this.entries = this.entries.slice(-KEPT_CALLS);
    const key = this.route(call.method, call.path);
    const known = this.routes.get(key) ?? { calls: 0, records: 0, errors: 0 };
    known.calls++;
    known.records += call.records;
    if (call.status >= 400 || call.status === 0) known.errors++;
    this.routes.set(key, known);
  }

  /** Number of calls since the last `clear`. */
  get total(): number {
    return this.count;
  }

  /** The newest `n` calls, newest last. */
  last(n: number): Call[] {
    return this.entries.slice(-Math.min(n, KEPT_CALLS));
  }

  /** What `GET /__sandbox/calls` answers. `counts` has exact numbers by route, `calls` the last 20,000 entries. */
  report(): { total: number; counts: Record<string, number>; routes: Record<string, RouteCount>; calls: Call[] } {
    const counts: Record<string, number> = {};
    for (const [key, value] of this.routes) counts[key] = value.calls;
    return { total: this.count, counts, routes: Object.fromEntries(this.routes), calls: this.last(KEPT_CALLS) };
  }

  clear(): void {
    this.entries = [];
    this.routes = new Map();
    this.count = 0;
  }
}
