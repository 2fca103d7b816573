import { BrowserSession } from "./browser-session";
import type { DemoState } from "./demo-state";

/** Where the running app is, as a person's browser would reach it (the public URL). */
export type DemoApp = { url: string; state: DemoState };

/** What the first sync did. */
export type FirstSync = { synced: number; failed: number; excluded: number };

const CRON_BUDGET_MS = 20_000;
const MAX_ROUNDS = 90;
// One second apart. Sign-in allows only a few tries a minute, so it is not asked more often.
const SIGN_IN_TRIES = 4;

/**
 * Connects both clouds as a person does: signs in, opens each authorize page, presses its button, follows the redirects
 * back; then agrees to the id fields that Kakehashi needs. Leaves alone what is connected already.
 *
 * @throws Error that names the step and what was answered.
 */
export async function connectDemo({ url, state }: DemoApp): Promise<void> {
  const browser = new BrowserSession(url);
  await signIn(browser, state);
  const before = await browser.getJson("/api/connection");
  for (const side of ["hubspot", "salesforce"] as const) {
    if (readField(readField(before, side), "connected") === true) continue;
    const started = await browser.postJson(`/api/connection/${side}/authorize`, {});
    const authorizeUrl = readField(started, "url");
    if (typeof authorizeUrl !== "string") throw new Error(`The app gave no authorize address for ${side}.`);
    await browser.agree(authorizeUrl);
  }
  if (readField(before, "status") === "setup")
    await browser.postJson("/api/connection/prepare", { createIdFields: true });
}

/** The app answers a moment before its first start has made the administrator. */
async function signIn(browser: BrowserSession, state: DemoState): Promise<void> {
  const credentials = { email: state.adminEmail, password: state.adminPassword };
  for (let tries = 1; ; tries++) {
    try {
      await browser.postJson("/api/auth/sign-in/email", credentials);
      return;
    } catch (error) {
      if (tries === SIGN_IN_TRIES) throw error;
      await new Promise((resolve) => setTimeout(resolve, 1_000));
    }
  }
}

/**
 * Lets the cron route work until nothing is left to do, and returns the sums over all rounds.
 *
 * @throws Error when the route refuses, or when work is still left after half an hour.
 */
export async function runFirstSync({ url, state }: DemoApp): Promise<FirstSync> {
  const total: FirstSync = { synced: 0, failed: 0, excluded: 0 };
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const answer = await fetch(`${url}/api/cron/sync?budgetMs=${CRON_BUDGET_MS}`, {
      method: "POST",
      headers: { authorization: `Bearer ${state.cronSecret}` },
    });
    if (!answer.ok) throw new Error(`The first sync was refused with ${answer.status}: ${await answer.text()}`);
    const body: unknown = await answer.json();
    for (const key of ["synced", "failed", "excluded"] as const) total[key] += Number(readField(body, key) ?? 0);
    if (Number(readField(body, "remaining") ?? 0) === 0) return total;
  }
  throw new Error("The first sync did not come to an end.");
}

function readField(body: unknown, key: string): unknown {
  return typeof body === "object" && body !== null ? (body as Record<string, unknown>)[key] : undefined;
}
