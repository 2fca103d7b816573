import type { Tone } from "@/components/ui/tone";
import type { Overview } from "@/lib/contracts/overview";

/** Which sentence heads the overview; worded in messages under `overview.health.<kind>`. */
export type Health = {
  kind: "setup" | "suspended" | "empty" | "failing" | "first_sync" | "catching_up" | "healthy";
  tone: Tone;
  values: { inSync: number; failing: number; waiting: number };
};

/** Picks the one thing a person must know first: not set up, paused, failing, catching up, fine — in that order. */
export function tellHealth(overview: Pick<Overview, "connection" | "counts">): Health {
  const { counts, connection } = overview;
  const waiting = counts.due + counts.syncing;
  const values = { inSync: counts.in_sync, failing: counts.failing, waiting: waiting + counts.paused };
  if (connection.status === "setup") return { kind: "setup", tone: "mute", values };
  if (connection.status === "suspended") return { kind: "suspended", tone: "warn", values };
  if (counts.failing > 0) return { kind: "failing", tone: "fail", values };
  if (waiting > 0 && counts.in_sync === 0) return { kind: "first_sync", tone: "info", values };
  if (waiting > 0) return { kind: "catching_up", tone: "info", values };
  return counts.in_sync === 0 ? { kind: "empty", tone: "mute", values } : { kind: "healthy", tone: "ok", values };
}
