type Failures = { count: number; lastAt: number };

const failuresByAccount = new Map<string, Failures>();

const FREE_TRIES = 5;
const FORGET_AFTER_MS = 15 * 60_000;
const LONGEST_WAIT_MS = 30_000;
const MAX_ACCOUNTS = 10_000;

/**
 * Slows guessing per account without locking its owner out: after 5 failures the next try waits 1 s, 2 s, 4 s … at most
 * 30 s, and 15 quiet minutes forget all. Unknown accounts are treated alike, so that the answer tells nothing.
 * Answers the milliseconds to wait, 0 = go ahead.
 */
export function waitBeforeSignIn(account: string, now: number): number {
  const failures = failuresByAccount.get(account);
  if (!failures || now - failures.lastAt > FORGET_AFTER_MS || failures.count < FREE_TRIES) return 0;
  const wait = Math.min(LONGEST_WAIT_MS, 1000 * 2 ** (failures.count - FREE_TRIES));
  return Math.max(0, failures.lastAt + wait - now);
}

/** Tells how a try ended. */
export function noteSignIn(account: string, succeeded: boolean, now: number): void {
  if (succeeded) {
    failuresByAccount.delete(account);
    return;
  }
  if (failuresByAccount.size >= MAX_ACCOUNTS) dropForgotten(now);
  const before = failuresByAccount.get(account);
  const count = before && now - before.lastAt <= FORGET_AFTER_MS ? before.count + 1 : 1;
  failuresByAccount.set(account, { count, lastAt: now });
}

function dropForgotten(now: number): void {
  for (const [account, failures] of failuresByAccount) {
    if (now - failures.lastAt > FORGET_AFTER_MS) failuresByAccount.delete(account);
  }
  if (failuresByAccount.size >= MAX_ACCOUNTS) failuresByAccount.clear();
}
