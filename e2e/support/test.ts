import { test as base, type Page } from "@playwright/test";
import { HUBSPOT_LIMITS, type Limits, SALESFORCE_LIMITS } from "@/sandbox/shared/limits";
import { AppApi } from "./app-api";
import { environment } from "./environment";
import { Sandbox } from "./sandbox";

type Cookies = Awaited<ReturnType<Page["context"]>["storageState"] extends () => Promise<infer S> ? S : never>;

type TestFixtures = { app: AppApi; hubspot: Sandbox; salesforce: Sandbox };
type WorkerFixtures = { signedIn: Cookies };

/**
 * Pages are signed in as the demo's administrator; `app` is its API, `hubspot` and `salesforce` the doors of the two
 * sandboxes. After each test no fault and no slowness is left behind, also when it failed.
 */
export const test = base.extend<TestFixtures, WorkerFixtures>({
  signedIn: [
    async ({ playwright }, use) => {
      const request = await playwright.request.newContext({ baseURL: environment.app() });
      const answer = await request.post("/api/auth/sign-in/email", {
        headers: { origin: environment.app() },
        data: { email: environment.email(), password: environment.password() },
      });
      if (!answer.ok()) throw new Error(`Signing in was refused: ${await answer.text()}`);
      await use(await request.storageState());
      await request.dispose();
    },
    { scope: "worker" },
  ],
  // biome-ignore lint/correctness/noEmptyPattern: Playwright asks for the pattern, and nothing is needed
  baseURL: async ({}, use) => use(environment.app()),
  storageState: ({ signedIn }, use) => use(signedIn),
  page: async ({ page }, use) => {
    const goto = page.goto.bind(page);
    page.goto = async (...request) => {
      const answer = await goto(...request);
      await waitUntilWhole(page);
      return answer;
    };
    await use(page);
  },
  app: async ({ playwright }, use) => {
    const request = await playwright.request.newContext();
    await use(new AppApi(request));
    await request.dispose();
  },
  hubspot: async ({ playwright }, use) => {
    const request = await playwright.request.newContext();
    await useSandbox(new Sandbox(environment.hubspot(), request), HUBSPOT_LIMITS, use);
    await request.dispose();
  },
  salesforce: async ({ playwright }, use) => {
    const request = await playwright.request.newContext();
    await useSandbox(new Sandbox(environment.salesforce(), request), SALESFORCE_LIMITS, use);
    await request.dispose();
  },
});

/** Longer than any part takes; a page that is kept from loading stays as it is. */
const WHOLE_WITHIN_MS = 3_000;

/** What comes late moves what stands below it, and a click on that goes into nothing: as people do, tests wait for it. */
async function waitUntilWhole(page: Page): Promise<void> {
  const isWhole = () => document.querySelector('.animate-sheen, main [aria-busy="true"]') === null;
  await page.waitForFunction(isWhole, null, { timeout: WHOLE_WITHIN_MS }).catch(() => undefined);
}

/** Afterwards it is as the demo started it. */
async function useSandbox(sandbox: Sandbox, limits: Limits, use: (sandbox: Sandbox) => Promise<void>): Promise<void> {
  await use(sandbox);
  await sandbox.setFaults([]);
  await sandbox.setLatency(limits.latencyMs);
  await sandbox.setIndexLag(limits.indexLagMs);
}
