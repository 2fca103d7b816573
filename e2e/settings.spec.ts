import { type APIRequestContext, type Browser, expect, type Page } from "@playwright/test";
import { expectNoViolations } from "./support/axe";
import { environment } from "./support/environment";
import { test } from "./support/test";

const PASSWORD = "correct horse battery";
let made = 0;

/** An address that nobody has yet. */
function inventAddress(): string {
  made += 1;
  return `person.${Date.now().toString(36)}${made}@people.example`;
}

async function invite(page: Page, email: string, role?: string): Promise<string> {
  await page.goto("/settings/users");
  await page.getByRole("button", { name: "Invite", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Invite somebody" });
  await dialog.getByLabel("Email").fill(email);
  if (role) {
    await dialog.getByLabel("Role").click();
    await page.getByRole("option", { name: role }).click();
  }
  await dialog.getByRole("button", { name: "Invite" }).click();
  const link = page.getByRole("dialog", { name: `Invitation for ${email}` }).getByLabel("Link", { exact: true });
  const address = await link.inputValue();
  await page.getByRole("button", { name: "Done" }).click();
  return address;
}

/** Opens a link in a browser of its own, as the invited person does. */
async function accept(browser: Browser, link: string, name: string): Promise<Page> {
  const context = await browser.newContext({ storageState: { cookies: [], origins: [] } });
  const page = await context.newPage();
  await page.goto(link);
  await expect(page.getByRole("heading", { name: "Welcome to Kakehashi" })).toBeVisible();
  await page.getByLabel("Your name").fill(name);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Begin" }).click();
  await expect(page.getByRole("button", { name: `Account: ${name}` })).toBeVisible();
  return page;
}

const rowOf = (page: Page, name: string) => page.getByRole("listitem").filter({ hasText: name });

test.describe("Users", () => {
  test("somebody invited with a link joins, gets another role, and is out at once when deactivated", async ({
    page,
    browser,
  }) => {
    const email = inventAddress();
    const link = await invite(page, email);
    expect(link).toContain("/invitation#");
    await expect(rowOf(page, email)).toContainText("Operator");
    const theirs = await accept(browser, link, "Marta Lindqvist");
    await theirs.goto("/settings/users");
    await expect(theirs.getByText("Only administrators see this page")).toBeVisible();
    await expect(theirs.getByRole("link", { name: "API keys" })).toHaveCount(0);

    await page.reload();
    const role = rowOf(page, email).getByLabel("Role of Marta Lindqvist");
    const becomeAdministrator = async () => {
      await role.click();
      await page.getByRole("option", { name: "Administrator" }).click();
      await expect(page.getByText("Marta Lindqvist is now Administrator")).toBeVisible();
    };
    await becomeAdministrator();
    await page.getByRole("button", { name: "Undo" }).click();
    await expect(role).toContainText("Operator");
    await becomeAdministrator();
    await theirs.reload();
    await expect(theirs.getByRole("heading", { name: "Users" })).toBeVisible();

    await rowOf(page, email).getByRole("button", { name: "Deactivate Marta Lindqvist" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Deactivate" }).click();
    await expect(rowOf(page, email)).toContainText("Deactivated");
    await theirs.goto("/contacts");
    await expect(theirs.getByRole("heading", { name: "Sign in to Kakehashi" })).toBeVisible();
    await theirs.getByLabel("Email").fill(email);
    await theirs.getByLabel("Password").fill(PASSWORD);
    await theirs.getByRole("button", { name: "Sign in" }).click();
    await expect(theirs.getByText("Email and password do not match")).toBeVisible();
    await theirs.context().close();
  });

  test("a wrong address is refused at its field, and a link opens only once", async ({ page, browser }) => {
    await page.goto("/settings/users");
    await page.getByRole("button", { name: "Invite", exact: true }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Email").fill("nobody");
    await dialog.getByRole("button", { name: "Invite" }).click();
    await expect(dialog.getByLabel("Email")).toHaveAttribute("aria-invalid", "true");
    await dialog.getByLabel("Email").fill(environment.email());
    await dialog.getByRole("button", { name: "Invite" }).click();
    await expect(dialog.getByText("This address has an account already")).toBeVisible();
    await page.keyboard.press("Escape");

    const link = await invite(page, inventAddress(), "Read only");
    const theirs = await accept(browser, link, "Claire Dubreuil");
    await theirs.goto("about:blank");
    await theirs.goto(link);
    await expect(theirs.getByRole("heading", { name: "This link no longer opens" })).toBeVisible();
    await theirs.context().close();
  });

  test("the last owner stays the owner, and the page says so", async ({ page }) => {
    await page.goto("/settings/users");
    const own = rowOf(page, environment.email());
    await own.getByRole("combobox").click();
    await page.getByRole("option", { name: "Operator" }).click();
    await expect(page.getByText("Somebody has to stay the owner")).toBeVisible();
    await expect(own.getByRole("combobox")).toContainText("Owner");
  });
});

test.describe("API keys", () => {
  const ask = (request: APIRequestContext, path: string, key: string, method = "GET") =>
    request.fetch(environment.app() + path, { method, headers: { authorization: `Bearer ${key}` } });

  test("a key is shown once, opens what its role may, and nothing after it was revoked", async ({
    page,
    playwright,
  }) => {
    const name = `Export ${Date.now()}`;
    await page.goto("/settings/api-keys");
    await page.getByRole("button", { name: "Make API key" }).click();
    await page.getByRole("button", { name: "Make key" }).click();
    await expect(page.getByText("Enter a value.")).toBeVisible();
    await page.getByLabel("Name").fill(name);
    await page.getByRole("button", { name: "Make key" }).click();
    const key = await page.getByLabel("API key", { exact: true }).inputValue();
    await page.getByRole("button", { name: "Done" }).click();
    await page.reload();
    await expect(rowOf(page, name)).toContainText("Never used");
    expect(await page.content()).not.toContain(key);

    // Without the cookies of the page.
    const request = await playwright.request.newContext();
    expect((await ask(request, "/api/overview", key)).status()).toBe(200);
    expect((await ask(request, "/api/check", key, "POST")).status()).toBe(403);
    await rowOf(page, name)
      .getByRole("button", { name: `Revoke ${name}` })
      .click();
    await page.getByRole("dialog").getByRole("button", { name: "Revoke" }).click();
    await expect(page.getByRole("region", { name: "Revoked keys" })).toContainText(name);
    expect((await ask(request, "/api/overview", key)).status()).toBe(401);
    await request.dispose();
  });
});

test.describe("Audit log", () => {
  test("a change stands there with before and after; filters live in the address; all of it leaves as CSV", async ({
    page,
  }) => {
    const { settings } = (await (await page.request.get("/api/connection")).json()) as {
      settings: { version: number; checkEveryMinutes: number };
    };
    const minutes = settings.checkEveryMinutes === 15 ? 20 : 15;
    const changed = await page.request.patch("/api/connection/settings", {
      headers: { origin: environment.app() },
      data: { version: settings.version, checkEveryMinutes: minutes },
    });
    expect(changed.status()).toBe(200);

    await page.goto("/settings/audit?action=settings_changed");
    await page
      .getByRole("button", { name: /Changed settings/ })
      .first()
      .click();
    const row = page.getByRole("row", { name: /checkEveryMinutes/ }).first();
    await expect(row).toContainText(String(settings.checkEveryMinutes));
    await expect(row).toContainText(String(minutes));

    await page.getByLabel("Search names and values").fill("nothing has this in it");
    await expect(page.getByText("Nothing fits these filters")).toBeVisible();
    await expect(page).toHaveURL(/action=settings_changed&search=nothing\+has/);
    await page.getByRole("button", { name: "Clear filters" }).last().click();
    await expect(page).toHaveURL(/\/settings\/audit$/);
    await expect(page.getByRole("button", { name: /Signed in/ }).first()).toBeVisible();

    await page.getByRole("button", { name: "Check integrity" }).click();
    await expect(page.getByText(/none changed or missing|unchanged/)).toBeVisible();
    const download = page.waitForEvent("download");
    await page.getByRole("link", { name: "Export CSV" }).click();
    expect((await download).suggestedFilename()).toMatch(/^audit-\d{4}-\d{2}-\d{2}\.csv$/);
  });
});

test.describe("One's own settings", () => {
  test("notifications are kept; without a mail server the page says so", async ({ page }) => {
    await page.goto("/settings/notifications");
    await expect(page.getByText("No mail server is set: nothing is sent")).toBeVisible();
    await page.getByText("Daily", { exact: true }).click();
    await expect(page.getByRole("radio", { name: "Daily" })).toBeChecked();
    await page.waitForLoadState("networkidle");
    await page.reload();
    await expect(page.getByRole("radio", { name: "Daily" })).toBeChecked();
    await expect(page.getByText(/Asia\/Tokyo/)).toBeVisible();
    await page.getByText("Off", { exact: true }).click();
    await page.waitForLoadState("networkidle");
  });

  test("a wrong current password is told at its field", async ({ page }) => {
    await page.goto("/settings/preferences");
    await page.getByLabel("Current password").fill("not the password");
    await page.getByLabel("New password").fill("short");
    await page.getByRole("button", { name: "Change password" }).click();
    await expect(page.getByText("Use at least 12 characters.")).toBeVisible();
    await page.getByLabel("New password").fill("long enough to be one");
    await page.getByRole("button", { name: "Change password" }).click();
    await expect(page.getByText("This is not your current password.")).toBeVisible();
  });

  test("the language of the pages changes with one press", async ({ page }) => {
    await page.goto("/settings/preferences");
    await page.getByText("日本語", { exact: true }).click();
    await expect(page.getByRole("heading", { level: 1, name: "設定" })).toBeVisible();
    await page.getByText("English", { exact: true }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Settings" })).toBeVisible();
  });
});

test("how often and how much: without an answer the page says so and stays, and comes when asked again", async ({
  page,
}) => {
  for (const path of ["**/api/budget", "**/api/connection"])
    await page.route(path, (route) => route.fulfill({ status: 503, body: "" }));
  await page.goto("/settings/sync");
  const again = page.getByRole("main").getByRole("button", { name: "Try again" });
  await expect(again).toHaveCount(2);
  // It asks no more by itself: an answer that it waited for would have come, and failed, by then.
  await page.waitForTimeout(6_000);
  await expect(again).toHaveCount(2);
  await page.unrouteAll();
  await again.first().click();
  await expect(page.getByRole("region", { name: "Schedule" })).toBeVisible();
  await expect(page.getByRole("region", { name: "Use in the last 24 hours" }).getByText(/calls used/)).toBeVisible();
});

test.describe("axe finds nothing", () => {
  // Seven pages in one go
  test.describe.configure({ timeout: 180_000 });
  for (const [language, theme] of [
    ["en", "light"],
    ["ja", "dark"],
  ]) {
    test(`on the settings pages, ${language}, ${theme}`, async ({ page }) => {
      await page.context().addCookies([
        { name: "NEXT_LOCALE", value: language ?? "", url: environment.app() },
        { name: "KAKEHASHI_THEME", value: theme ?? "", url: environment.app() },
      ]);
      for (const tab of ["sync", "config", "users", "api-keys", "audit", "notifications", "preferences"]) {
        await page.goto(`/settings/${tab}`);
        await page.waitForLoadState("networkidle");
        await expectNoViolations(page, tab);
        const overflows = () => document.documentElement.scrollWidth > window.innerWidth;
        await page.setViewportSize({ width: 390, height: 844 });
        // A chart takes its new width a moment after the window.
        await expect.poll(() => page.evaluate(overflows), { message: `${tab} is wider than 390 px` }).toBe(false);
        await page.setViewportSize({ width: 1280, height: 720 });
      }
    });
  }
});
