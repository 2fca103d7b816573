import { expect, type Page } from "@playwright/test";
import { environment } from "./support/environment";
import { test } from "./support/test";

const calls = (page: Page) => page.getByLabel("Calls that Kakehashi may use");
const save = (page: Page) => page.getByRole("button", { name: "Save changes" });

/** An allocation of one's own, typed and not saved. */
async function typeAllocation(page: Page, number: string): Promise<void> {
  await page.getByText("A number of my own").click();
  await calls(page).fill(number);
  await expect(save(page)).toBeVisible();
}

async function signInAgain(page: Page): Promise<void> {
  const dialog = page.getByRole("dialog", { name: "Your session has ended" });
  await expect(dialog.getByLabel("Email")).toHaveValue(environment.email());
  await dialog.getByLabel("Password").fill(environment.password());
  await dialog.getByRole("button", { name: "Sign in" }).click();
  await expect(dialog).toHaveCount(0);
}

test.describe("What is typed and not saved", () => {
  test.afterEach(({ app }) => app.changeSettings({ salesforceDailyCalls: null }));

  test("survives a session that ends: one signs in over the page and saves", async ({ page, app, context }) => {
    await page.goto("/settings/sync");
    await typeAllocation(page, "4567");
    await context.clearCookies();
    await save(page).click();
    await signInAgain(page);
    await expect(page).toHaveURL("/settings/sync");
    await expect(calls(page)).toHaveValue("4567");
    await save(page).click();
    await expect(page.getByText("Settings saved")).toBeVisible();
    expect((await app.readConnection()).settings.salesforceDailyCalls).toBe(4567);
  });

  test("survives it in a dialog too", async ({ page, context }) => {
    await page.goto("/settings/users");
    await page.getByRole("button", { name: "Invite", exact: true }).click();
    const invite = page.getByRole("dialog", { name: "Invite somebody" });
    const email = `somebody.${Date.now().toString(36)}@people.example`;
    await invite.getByLabel("Email").fill(email);
    await context.clearCookies();
    await invite.getByRole("button", { name: "Invite" }).click();
    await signInAgain(page);
    await expect(invite.getByLabel("Email")).toHaveValue(email);
    await invite.getByRole("button", { name: "Invite" }).click();
    await page.getByRole("button", { name: "Done" }).click();
    await page.getByRole("button", { name: `Withdraw the invitation of ${email}` }).click();
    await expect(page.getByText(`The invitation of ${email} is withdrawn`)).toBeVisible();
  });

  test("Back and the palette ask before it goes; staying keeps it", async ({ page }) => {
    await page.goto("/activities");
    await page.getByRole("link", { name: "Settings", exact: true }).click();
    await expect(page).toHaveURL("/settings/sync");
    await typeAllocation(page, "4567");
    const answers: boolean[] = [false, false, true];
    const asked: string[] = [];
    page.on("dialog", (dialog) => {
      asked.push(dialog.message());
      void (answers.shift() ? dialog.accept() : dialog.dismiss());
    });
    await page.evaluate(() => window.history.back());
    await expect.poll(() => asked.length).toBe(1);
    await expect(calls(page)).toHaveValue("4567");
    await page.keyboard.press("ControlOrMeta+k");
    await page.getByRole("combobox", { name: "Search or jump to" }).fill("owners");
    await page.keyboard.press("Enter");
    await expect.poll(() => asked.length).toBe(2);
    await page.keyboard.press("Escape");
    await expect(calls(page)).toHaveValue("4567");
    await page.evaluate(() => window.history.back());
    await expect(page.getByRole("heading", { level: 1, name: "Activities" })).toBeVisible();
    expect(new Set(asked)).toEqual(new Set(["Your changes are not saved. Leave this page and lose them?"]));
  });

  test("a number that cannot be taken keeps the rest from being saved around it", async ({ page, app }) => {
    await page.goto("/settings/sync");
    await typeAllocation(page, "4567");
    await calls(page).fill("12");
    await save(page).click();
    await expect(calls(page)).toBeFocused();
    await expect(page.getByText("Enter at least 100.")).toBeVisible();
    expect((await app.readConnection()).settings.salesforceDailyCalls).toBeNull();
    await page.getByRole("button", { name: "Discard changes" }).click();
    await expect(calls(page)).toHaveCount(0);
  });

  test("on a server that takes 2 s, a double click saves once, and the page says what it does", async ({ page }) => {
    let saves = 0;
    await page.route("**/api/connection/settings", async (route) => {
      saves += 1;
      await new Promise((resolve) => setTimeout(resolve, 2_000));
      await route.continue();
    });
    await page.goto("/settings/sync");
    await typeAllocation(page, "4567");
    await save(page).dblclick();
    await expect(save(page)).toHaveAttribute("aria-busy", "true");
    await expect(page.getByText("Settings saved")).toBeVisible();
    expect(saves).toBe(1);
  });
});
