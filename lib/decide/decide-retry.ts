import type { RetryClass } from "./error-types";

/** First wait 30 s, doubled each time, never above an hour. */
const FIRST_WAIT_MS = 30_000;
const LONGEST_WAIT_MS = 3_600_000;
/** E3: what cannot heal by itself is still tried again once a day. */
const DAILY_MS = 86_400_000;

/**
 * When a failing record is tried again by itself (spec E3). `attempts` counts failed tries so far (≥ 1); `chance` in
 * [0, 1) spreads the tries so that a healed outage is not met by all records at once. Answer: epoch ms.
 */
export function decideRetry(
  retry: RetryClass,
  attempts: number,
  now: number,
  chance: number,
): { at: number; daily: boolean } {
  if (retry === "waits") return { at: now + DAILY_MS, daily: true };
  const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(attempts - 1, 10));
  return { at: now + Math.round(wait * (0.5 + chance / 2)), daily: false };
}
