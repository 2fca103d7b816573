import { Histogram, Registry } from "prom-client";

type Held = { registry: Registry; durations: Histogram<"method" | "route" | "status"> };

// On globalThis, because Next.js loads this module once per bundle, and all of them count into one.
const holder = globalThis as typeof globalThis & { kakehashiHttpMetrics?: Held };

/** What this process has answered so far; other processes of the installation have numbers of their own. */
export function readHttpMetrics(): Promise<string> {
  return getHeld().registry.metrics();
}

/**
 * Starts the clock for a request; the answer stops it. Its route is the address with the names of its parameters in place
 * of their values; an address that leads nowhere counts as "none", so that made-up ones do not fill the memory.
 */
export function observeRequest(
  request: Request,
  params: Record<string, string | string[] | undefined>,
): (status: number) => void {
  const startedAt = performance.now();
  return (status) => {
    const route = status === 404 ? "none" : nameRoute(new URL(request.url).pathname, params);
    const seconds = (performance.now() - startedAt) / 1000;
    getHeld().durations.observe({ method: request.method, route, status: String(status) }, seconds);
  };
}

function nameRoute(path: string, params: Record<string, string | string[] | undefined>): string {
  const names = new Map(Object.entries(params).map(([name, value]) => [String(value), name]));
  const parts = path.split("/").map((part) => {
    const name = names.get(decodeSafely(part));
    return name === undefined ? part : `{${name}}`;
  });
  return parts.join("/");
}

function decodeSafely(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function getHeld(): Held {
  if (holder.kakehashiHttpMetrics) return holder.kakehashiHttpMetrics;
  const registry = new Registry();
  const durations = new Histogram({
    name: "kakehashi_http_request_duration_seconds",
    help: "Time until a request to the API was answered, by route.",
    labelNames: ["method", "route", "status"] as const,
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [registry],
  });
  holder.kakehashiHttpMetrics = { registry, durations };
  return holder.kakehashiHttpMetrics;
}
