import { test as base, type Page } from "@playwright/test";
import { AppApi } from "./app-api";
import { environment } from "./environment";
import { Sandbox } from "./sandbox";

/** As the demo starts with it */
const INDEX_LAG_MS = 1_000;

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
  app: async ({ playwright }, use) => {
    const request = await playwright.request.newContext();
    await use(new AppApi(request));
    await request.dispose();
  },
  hubspot: async ({ playwright }, use) => {
    const request = await playwright.request.newContext();
    await useSandbox(new Sandbox(environment.hubspot(), request), use);
    await request.dispose();
  },
  salesforce: async ({ playwright }, use) => {
    const request = await playwright.request.newContext();
    await useSandbox(new Sandbox(environment.salesforce(), request), use);
    await request.dispose();
  },
});

async function useSandbox(sandbox: Sandbox, use: (sandbox: Sandbox) => Promise<void>): Promise<void> {
  await use(sandbox);
  await sandbox.setFaults([]);
  await sandbox.setLatency(0);
  await sandbox.setIndexLag(INDEX_LAG_MS);
}
