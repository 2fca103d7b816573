import { expect, type Page } from "@playwright/test";
import { expectNoViolations } from "./support/axe";
import { environment } from "./support/environment";
import { cureFailing, makeFailing } from "./support/failing";
import type { Pair } from "./support/people";
import { test } from "./support/test";
import { openRecord, statePill } from "./support/walks";

/** Nothing is loading any more: the page has its heading and no skeleton. */
async function waitUntilDrawn(page: Page): Promise<void> {
  // A dialog that is open already hides the page's heading from the tree.
  await expect(page.getByRole("heading", { level: 1, includeHidden: true })).toBeAttached();
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
  await page.waitForLoadState("networkidle");
}

const LOOKS = [
  { language: "en", theme: "light" },
  { language: "ja", theme: "dark" },
];

for (const { language, theme } of LOOKS) {
  test.describe(`axe finds nothing (${language}, ${theme})`, () => {
    // These only look: all demos share them, or this file would take as long as all others together.
    test.describe.configure({ mode: "parallel" });
    test.beforeEach(({ context }) =>
      context.addCookies([
        { name: "NEXT_LOCALE", value: language, url: environment.app() },
        { name: "KAKEHASHI_THEME", value: theme, url: environment.app() },
      ]),
    );

    for (const path of [
      "/",
      "/contacts",
      "/contacts?search=zzqqxx",
      "/contacts?state=excluded&sort=-synced",
      "/companies",
      "/deals",
      "/lists",
      "/lists?list=1",
      "/inclusion",
      "/runs",
      "/runs?tab=jobs",
      "/runs?tab=jobs&import=salesforce",
      "/mappings",
      "/mappings?object=task",
      "/owners",
      "/stages",
      "/connection",
      "/setup",
      "/setup?step=objects",
      "/setup?step=inclusion",
      "/health",
      "/conflicts",
    ]) {
      test(`on ${path}`, async ({ page }) => {
        await page.goto(path);
        await waitUntilDrawn(page);
        await expectNoViolations(page);
      });
    }

    test("in the editor of a mapping", async ({ page }) => {
      await page.goto("/mappings");
      await page.locator("[data-row]").nth(5).click();
      await expect(page.getByRole("dialog").getByRole("radio").first()).toBeVisible();
      await page.waitForLoadState("networkidle");
      await expectNoViolations(page);
    });

    test("in the dialogs over a page: another org, and a session that has ended", async ({ page, context }) => {
      await page.clock.install();
      await page.goto("/connection");
      await page.getByRole("button", { name: /^(Switch org|組織を切り替え)/ }).click();
      await expect(page.getByRole("dialog").getByRole("radio").first()).toBeVisible();
      await page.waitForLoadState("networkidle");
      await expectNoViolations(page);
      await page.goto("/contacts");
      await waitUntilDrawn(page);
      await context.clearCookies({ name: /session/ });
      // The open page notices at its next look at the overview.
      await page.clock.fastForward(60_000);
      await expect(page.getByRole("dialog").getByLabel(/^(Password|パスワード)$/)).toBeVisible();
      await expectNoViolations(page);
    });

    test("where nothing is: a wrong address and a wrong record", async ({ page }) => {
      await page.goto("/no-such-page");
      await expectNoViolations(page);
      await page.goto("/contacts/not-an-id");
      await waitUntilDrawn(page);
      await expectNoViolations(page);
    });

    test("on the sign-in page, also when it refuses", async ({ page, context }) => {
      const kept = (await context.cookies()).filter((cookie) => !cookie.name.includes("session"));
      await context.clearCookies();
      await context.addCookies(kept);
      await page.goto("/sign-in");
      await expectNoViolations(page);
      await page.getByRole("textbox").first().fill("somebody@people.example");
      await page.locator("input[type=password]").fill("wrong");
      await page.locator("button[type=submit]").click();
      await expect(page.getByRole("alert").first()).toBeVisible();
      await expectNoViolations(page);
    });
  });
}

test.describe("A record that fails", () => {
  let pair: Pair;
  test.beforeEach(async ({ app, hubspot, salesforce }) => {
    pair = await makeFailing({ app, hubspot, salesforce });
  });
  test.afterEach(({ app, hubspot, salesforce }) => cureFailing({ app, hubspot, salesforce }, pair));

  test("gives axe nothing to find with its details open, and after the cure", async ({
    page,
    context,
    app,
    hubspot,
    salesforce,
  }) => {
    for (const { language, theme } of LOOKS) {
      await context.addCookies([
        { name: "NEXT_LOCALE", value: language, url: environment.app() },
        { name: "KAKEHASHI_THEME", value: theme, url: environment.app() },
      ]);
      await page.goto(`/contacts/${pair.id}`);
      await page.getByRole("button", { name: /View error details|エラーの詳細を表示/ }).click();
      await waitUntilDrawn(page);
      await expectNoViolations(page);
    }
    await cureFailing({ app, hubspot, salesforce }, pair);
    await page.reload();
    await waitUntilDrawn(page);
    await expectNoViolations(page);
  });

  test("is synced by keyboard alone", async ({ page, app, hubspot, salesforce }) => {
    await cureFailing({ app, hubspot, salesforce }, pair);
    await openRecord(page, pair.id);
    const sync = page.getByRole("button", { name: "Sync now" });
    await expect(async () => {
      await page.keyboard.press("Tab");
      await expect(sync).toBeFocused({ timeout: 50 });
    }).toPass({ intervals: [0] });
    await page.keyboard.press("Enter");
    await expect(page.getByText("Already the same on both sides")).toBeVisible();
    await expect(statePill(page, "In sync")).toBeVisible();
  });
});
