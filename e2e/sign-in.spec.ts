import { expect } from "@playwright/test";
import { environment } from "./support/environment";
import { test } from "./support/test";

test.describe("Signing in", () => {
  test.use({ storageState: { cookies: [], origins: [] } });

  test("a wrong password is told without saying which of the two was wrong", async ({ page }) => {
    await page.goto("/sign-in");
    // An address of its own: wrong tries slow down the account that they are made for.
    await page.getByLabel("Email").fill("nobody@people.example");
    await page.getByLabel("Password").fill("not the password");
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect(page.getByRole("alert").filter({ hasText: "Email and password do not match" })).toBeVisible();
    await expect(page.getByLabel("Password")).toBeFocused();
  });

  test("the page that was asked for is reached after signing in, filters included", async ({ page }) => {
    await page.goto("/contacts?search=mori&state=in_sync");
    await expect(page.getByRole("heading", { name: "Sign in to Kakehashi" })).toBeVisible();
    await page.getByLabel("Email").fill(environment.email());
    await page.getByLabel("Password").fill(environment.password());
    await page.getByLabel("Password").press("Enter");
    await expect(page).toHaveURL("/contacts?search=mori&state=in_sync");
    await expect(page.getByLabel("Search name, company, email or id")).toHaveValue("mori");
  });

  test("a foreign address is not followed after signing in", async ({ page }) => {
    await page.goto("/sign-in?next=https%3A%2F%2Fphishing.example%2F");
    await page.getByLabel("Email").fill(environment.email());
    await page.getByLabel("Password").fill(environment.password());
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect(page).toHaveURL("/");
  });

  test("the API answers 401 to whoever is not signed in", async ({ request }) => {
    for (const path of ["/api/overview", "/api/records", "/api/mappings", "/api/connection", "/api/me"]) {
      const answer = await request.get(environment.app() + path);
      expect(answer.status(), path).toBe(401);
      expect(answer.headers()["content-type"], path).toContain("application/problem+json");
      expect(await answer.json(), path).toMatchObject({ code: "not_signed_in" });
    }
    expect((await request.post(`${environment.app()}/api/cron/sync`)).status()).toBe(401);
  });
});

test.describe("A session that has ended", () => {
  test("is told over the list, which stays as it is; signed in again it moves on", async ({ page, context }) => {
    await page.clock.install();
    await page.goto("/contacts?state=excluded");
    await expect(page.getByRole("button", { name: /^Excluded/ })).toHaveAttribute("aria-pressed", "true");
    // The look at the overview has to be over, or its clock begins only after the jump below.
    await page.waitForLoadState("networkidle");
    await context.clearCookies();
    // The open page notices by itself, at its next look at the overview.
    await page.clock.fastForward(60_000);
    const dialog = page.getByRole("dialog", { name: "Your session has ended" });
    await dialog.getByLabel("Password").fill(environment.password());
    await dialog.getByLabel("Password").press("Enter");
    await expect(dialog).toHaveCount(0);
    await expect(page).toHaveURL("/contacts?state=excluded");
    await expect(page.getByRole("button", { name: /^Excluded/ })).toHaveAttribute("aria-pressed", "true");
  });

  test("leads to the sign-in page and back to the same list where a page is opened anew", async ({ page, context }) => {
    await page.goto("/contacts?state=excluded");
    await context.clearCookies();
    await page.reload();
    await expect(page.getByRole("heading", { name: "Sign in to Kakehashi" })).toBeVisible();
    await page.getByLabel("Email").fill(environment.email());
    await page.getByLabel("Password").fill(environment.password());
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect(page).toHaveURL("/contacts?state=excluded");
  });

  test("signing out ends it for the browser", async ({ browser }) => {
    // A session of its own: the one that the other tests share must go on.
    const context = await browser.newContext({ storageState: { cookies: [], origins: [] } });
    const page = await context.newPage();
    await page.goto(`${environment.app()}/sign-in`);
    await page.getByLabel("Email").fill(environment.email());
    await page.getByLabel("Password").fill(environment.password());
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("button", { name: /^Account:/ }).click();
    await page.getByRole("menuitem", { name: "Sign out" }).click();
    await expect(page.getByRole("heading", { name: "Sign in to Kakehashi" })).toBeVisible();
    await page.goto(`${environment.app()}/contacts`);
    await expect(page.getByRole("heading", { name: "Sign in to Kakehashi" })).toBeVisible();
    await context.close();
  });
});
