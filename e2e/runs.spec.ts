import { expect, type Page } from "@playwright/test";
import { environment } from "./support/environment";
import { inventPerson, makePair } from "./support/people";
import { test } from "./support/test";

const rows = (page: Page) => page.getByRole("row").filter({ has: page.getByRole("cell") });

test.describe("Runs", () => {
  test("F9: the run that made somebody tells every value that it wrote", async ({ page, app, hubspot }) => {
    const pair = await makePair({ app, hubspot });
    await page.goto("/runs?kind=check");
    await expect(rows(page).first()).toBeVisible();
    const entry = page.getByRole("dialog").getByRole("listitem").filter({ hasText: pair.name }).first();
    // The check that wrote is among the last ones; later ones found nothing to do.
    for (const run of (await rows(page).all()).slice(0, 12)) {
      if ((await run.getByRole("cell").nth(4).textContent()) === "0") continue;
      await run.getByRole("button").click();
      await expect(page.getByRole("dialog").getByText("What it did")).toBeVisible();
      if ((await entry.count()) > 0) break;
      await page.keyboard.press("Escape");
    }
    await expect(entry).toContainText("Created in Salesforce");
    await expect(page).toHaveURL(/run=/);
    await entry.getByRole("link", { name: pair.name }).click();
    await expect(page.getByRole("heading", { level: 1, name: pair.name })).toBeVisible();
  });

  test("filters stand in the address and are lifted where nothing matches", async ({ page }) => {
    await page.goto("/runs");
    await expect(rows(page).first()).toBeVisible();
    await page.getByRole("button", { name: "Interrupted" }).click();
    await page.getByRole("button", { name: "Woken by events" }).click();
    await expect(page).toHaveURL(/status=interrupted/);
    await page.getByRole("button", { name: "Clear filters" }).click();
    await expect(page).toHaveURL(/\/runs$/);
    await expect(rows(page).first()).toBeVisible();
  });

  test("U4: an import names the date at fault, then is previewed and put away without a trace", async ({ page }) => {
    await page.goto("/runs");
    await page.getByRole("button", { name: "Import…" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Created from").fill("2026-05-02");
    await dialog.getByLabel("Created to").fill("2026-05-01");
    await dialog.getByRole("button", { name: "Preview" }).click();
    await expect(dialog.getByText("This is before “Created from”.")).toBeVisible();
    await expect(dialog.getByLabel("Created to")).toHaveAttribute("aria-invalid", "true");
    await dialog.getByLabel("Created from").fill("2001-01-01");
    await dialog.getByLabel("Created to").fill("2001-01-02");
    await dialog.getByRole("button", { name: "Preview" }).click();
    const preview = page.getByRole("region", { name: "Preview" });
    await expect(preview).toContainText("Import from HubSpot: contacts");
    await expect(preview.getByText("There is nobody to sync")).toBeVisible();
    await page.reload();
    await expect(preview.getByText("There is nobody to sync")).toBeVisible();
    await preview.getByRole("button", { name: "Put away" }).click();
    await expect(preview).toHaveCount(0);
    await expect(page).not.toHaveURL(/preview=/);
  });

  test("C4: a run over the limit waits; the page shows what it would write, and lets exactly that go on", async ({
    page,
    app,
    hubspot,
    salesforce,
  }) => {
    const people = [inventPerson(), inventPerson(), inventPerson()];
    await app.check();
    await app.changeSettings({ brakeAt: 1 });
    try {
      // The search shows all of them at once, or a check could find the first ones alone.
      await hubspot.setIndexLag(60_000);
      for (const properties of people) await hubspot.act("createContact", { properties });
      await hubspot.setIndexLag(0);
      const list = people.map((person) => `'${person.email}'`).join(",");
      const leads = () => salesforce.query(`SELECT Id FROM Lead WHERE Email IN (${list})`);
      await expect(async () => {
        await app.check();
        expect((await app.readConnection()).brake?.creates).toBeGreaterThanOrEqual(3);
      }).toPass({ timeout: 40_000 });
      expect(await leads()).toHaveLength(0);

      await page.goto("/");
      await page.getByRole("link", { name: "Look at it" }).click();
      await expect(page.getByText("A sync waits for your word")).toBeVisible();
      await page.getByRole("button", { name: /^Show \d+ sample/ }).click();
      await expect(page.getByText("Create in Salesforce").first()).toBeVisible();
      await page.getByRole("button", { name: "Let it run" }).click();
      await page.getByRole("dialog").getByRole("button", { name: "Let it run" }).click();
      await expect(page.getByText("It goes on now")).toBeVisible();
      await expect(page.getByText("A sync waits for your word")).toHaveCount(0);
      await app.check();
      expect(await leads()).toHaveLength(3);
    } finally {
      await app.changeSettings({ brakeAt: null });
    }
  });

  test("an API that gives no answer leaves a page that says so and tries again; in Japanese too", async ({ page }) => {
    await page.context().addCookies([{ name: "NEXT_LOCALE", value: "ja", url: environment.app() }]);
    await page.route("**/api/runs?*", (route) => route.fulfill({ status: 503, body: "" }));
    await page.goto("/runs");
    const again = page.getByRole("main").getByRole("button", { name: "再試行" });
    await expect(again).toBeVisible({ timeout: 40_000 });
    await page.unroute("**/api/runs?*");
    await again.click();
    await expect(rows(page).first()).toBeVisible();
    await expect(page.getByRole("heading", { level: 1, name: "実行履歴" })).toBeVisible();
  });
});
