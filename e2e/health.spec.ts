import { readFile } from "node:fs/promises";
import { expect, type Page } from "@playwright/test";
import { environment } from "./support/environment";
import { cureFailing, makeFailing, REFUSAL } from "./support/failing";
import { becomeOnlooker } from "./support/onlooker";
import { makePair, type Pair } from "./support/people";
import { test } from "./support/test";

const TITLE = "A validation rule refused the record";
const PANEL = "/health?type=validation_rule&object=contact&side=salesforce";

const panel = (page: Page) => page.getByRole("dialog", { name: TITLE });
const rowOf = (page: Page, pair: Pair) => panel(page).getByRole("listitem").filter({ hasText: pair.name });

test.describe("Sync health", () => {
  let pair: Pair;
  test.beforeEach(async ({ app, hubspot, salesforce }) => {
    pair = await makeFailing({ app, hubspot, salesforce }, { company: "Health Trading" });
  });
  test.afterEach(({ app, hubspot, salesforce }) => cureFailing({ app, hubspot, salesforce }, pair));

  test("an error shows with cause, cure and raw answer; cured, chosen and tried again it is gone", async ({
    page,
    salesforce,
    app,
  }) => {
    await page.goto(`/health?search=${encodeURIComponent(pair.email)}`);
    const card = page.getByRole("region", { name: "Custom code" });
    await card.getByRole("button", { name: TITLE }).click();
    await expect(page).toHaveURL(/type=validation_rule.*object=contact/);
    await expect(panel(page)).toContainText("Correct the value in HubSpot so that it meets the rule");
    await expect(rowOf(page, pair)).toContainText("VP");
    await panel(page)
      .getByRole("button", { name: `Details of ${pair.name}` })
      .click();
    await expect(panel(page).getByText(REFUSAL)).toBeVisible();
    await expect(panel(page).getByText("FIELD_CUSTOM_VALIDATION_EXCEPTION")).toBeVisible();
    await expect(panel(page).getByRole("link", { name: "Open in Salesforce" })).toHaveAttribute(
      "href",
      new RegExp(pair.salesforceId),
    );

    await salesforce.act("removeValidationRule", { object: "Lead", name: "Title_spelled_out" });
    await panel(page)
      .getByRole("checkbox", { name: `Select ${pair.name}` })
      .check();
    await panel(page).getByRole("button", { name: "Resync 1" }).click();
    await expect(page).toHaveURL(/job=/);
    await expect(panel(page).getByRole("link", { name: pair.name })).toHaveCount(0, { timeout: 30_000 });
    expect((await app.readRecord(pair.id)).state).toBe("in_sync");

    await page.goto(`/health?state=closed&search=${encodeURIComponent(pair.email)}`);
    await page.getByRole("button", { name: TITLE }).click();
    await expect(rowOf(page, pair)).toBeVisible();
    await expect(panel(page).getByRole("checkbox")).toHaveCount(0);
  });

  test("U7: links, filters and the file; what a refusal, a role and Japanese look like", async ({
    page,
    context,
    app,
  }) => {
    await test.step("a link opens the panel; Escape closes it and the page behind is not filtered", async () => {
      await page.goto(PANEL);
      await expect(rowOf(page, pair)).toBeVisible();
      await page.keyboard.press("Escape");
      await expect(panel(page)).toHaveCount(0);
      await expect(page).toHaveURL("/health");
      await expect(page.getByRole("button", { name: /^All records/ })).toHaveAttribute("aria-pressed", "true");
    });

    await test.step("the file that is saved has the row", async () => {
      const saving = page.waitForEvent("download");
      await page.getByRole("link", { name: "Export CSV" }).click();
      const saved = await saving;
      expect(saved.suggestedFilename()).toMatch(/^errors-.*\.csv$/);
      const lines = (await readFile(await saved.path(), "utf8")).split("\r\n");
      const line = lines.find((one) => one.includes(pair.email));
      expect(line).toContain(`,${TITLE},contact,${pair.name},`);
      expect(line).toContain(REFUSAL);
    });

    await test.step("filters stand in the address; the one to blame is lifted with one button", async () => {
      await page.getByLabel("Search name, company, email or id").fill("zzqqxx");
      await expect(page).toHaveURL(/search=zzqqxx/);
      await expect(page.getByText("No failing record matches “zzqqxx”")).toBeVisible();
      await page.getByRole("main").getByRole("button", { name: "Clear filters" }).last().click();
      await expect(page.getByRole("button", { name: TITLE })).toBeVisible();
      await page.getByRole("button", { name: /^Contacts/ }).click();
      await expect(page).toHaveURL("/health?in=contact");
      await expect(page.getByRole("button", { name: TITLE })).toBeVisible();
    });

    await test.step("a resync that gets no answer says so and keeps what was chosen", async () => {
      await page.route("**/api/records/sync", (route) => route.abort());
      await page.goto(PANEL);
      const box = panel(page).getByRole("checkbox", { name: `Select ${pair.name}` });
      await box.check();
      await panel(page).getByRole("button", { name: "Resync 1" }).click();
      await expect(page.getByText("The server cannot be reached")).toBeVisible();
      await expect(box).toBeChecked();
      await page.unrouteAll();
    });

    await test.step("who may only look is told so and finds nothing to press", async () => {
      await becomeOnlooker(page, app);
      await page.goto(PANEL);
      await expect(panel(page).getByText("Your role may look, but not sync.")).toBeVisible();
      await expect(panel(page).getByRole("button", { name: /^Resync/ })).toHaveCount(0);
    });

    await test.step("it speaks Japanese", async () => {
      await context.addCookies([{ name: "NEXT_LOCALE", value: "ja", url: environment.app() }]);
      await page.goto(PANEL);
      const dialog = page.getByRole("dialog", { name: "入力規則によりレコードが拒否されました" });
      await expect(dialog).toContainText("解決方法");
      await expect(dialog.getByRole("listitem").filter({ hasText: pair.name })).toBeVisible();
      await page.keyboard.press("Escape");
      await expect(page.getByRole("heading", { level: 1, name: "同期の状態" })).toBeVisible();
    });
  });
});

test("an API that gives no answer leaves a page that says so and tries again", async ({ page }) => {
  await page.route("**/api/errors?*", (route) => route.fulfill({ status: 503, body: "" }));
  await page.route("**/api/conflicts?*", (route) => route.fulfill({ status: 503, body: "" }));
  for (const path of ["/health", "/conflicts"]) {
    await page.goto(path);
    await expect(page.getByRole("main").getByRole("alert")).toBeVisible({ timeout: 20_000 });
  }
  await page.unrouteAll();
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByRole("main").getByRole("alert")).toHaveCount(0);
});

test("X3: a field edited on both sides is listed with both values and what decided", async ({
  page,
  app,
  hubspot,
  salesforce,
}) => {
  const pair = await makePair({ app, hubspot }, { jobtitle: "Buyer" });
  // An event may wake the engine between the two edits: then there is no conflict, and the two edit once more.
  let round = 0;
  await expect(async () => {
    round += 1;
    await Promise.all([
      hubspot.act("updateContact", { id: pair.hubspotId, properties: { jobtitle: `Chief Buyer ${round}` } }),
      salesforce.act("updateRecord", {
        object: "Lead",
        id: pair.salesforceId,
        fields: { Title: `Head of Purchasing ${round}` },
      }),
    ]);
    await app.syncNow(pair.id);
    const { entries } = await app.readTimeline(pair.id);
    expect(entries.some((entry) => entry.changes.some((change) => change.conflict))).toBe(true);
  }).toPass({ timeout: 60_000 });

  await page.goto("/conflicts?object=contact");
  const row = page.getByRole("row").filter({ hasText: pair.name }).first();
  await expect(row.getByRole("cell").nth(2)).toContainText("Chief Buyer");
  await expect(row.getByRole("cell").nth(3)).toContainText("Salesforce won");
  await expect(row.getByRole("cell").nth(3)).toContainText("Prefer Salesforce unless blank");
  await expect(row.getByRole("cell").nth(4)).toContainText("Head of Purchasing");

  await page.goto("/conflicts?field=jobtitle&winner=hubspot&to=2001-01-01");
  await expect(page.getByText("No conflict matches the filters")).toBeVisible();
  await page.getByRole("button", { name: "Clear filters" }).last().click();
  await expect(page).toHaveURL("/conflicts");
  await expect(row).toBeVisible();
  await row.getByRole("link", { name: pair.name }).click();
  await expect(page.getByRole("heading", { level: 1, name: pair.name })).toBeVisible();
});
