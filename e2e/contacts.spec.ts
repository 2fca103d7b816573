import { expect } from "@playwright/test";
import { makePair } from "./support/people";
import { test } from "./support/test";

test.describe("The list of contacts", () => {
  test("a search finds a person by address and opens the record", async ({ page, app, hubspot }) => {
    const pair = await makePair({ app, hubspot });
    await page.goto("/contacts");
    await page.getByLabel("Search name, company, email or id").fill(pair.email);
    await expect(page.getByRole("status").filter({ hasText: "1 record" })).toBeVisible();
    await expect(page).toHaveURL(/search=/);
    await page.getByRole("link", { name: pair.name }).click();
    await expect(page.getByRole("heading", { level: 1, name: pair.name })).toBeVisible();
  });

  test("a state chip filters, stands in the URL, and Back from a record keeps it", async ({ page }) => {
    await page.goto("/contacts");
    await page.getByRole("button", { name: /^Excluded/ }).click();
    await expect(page).toHaveURL("/contacts?state=excluded");
    const rows = page.getByRole("row").filter({ has: page.getByRole("gridcell") });
    await expect(rows.first()).toContainText("Excluded");
    await expect(rows.filter({ hasText: "In sync" })).toHaveCount(0);

    await rows.first().click();
    await expect(page.getByRole("heading", { name: "Salesforce sync", exact: true })).toBeVisible();
    await page.goBack();
    await expect(page).toHaveURL("/contacts?state=excluded");
    await expect(page.getByRole("button", { name: /^Excluded/ })).toHaveAttribute("aria-pressed", "true");
    await expect(rows.first()).toContainText("Excluded");
  });

  test("arrow keys move, Enter opens", async ({ page }) => {
    await page.goto("/contacts?state=in_sync");
    const grid = page.getByRole("grid");
    await expect(grid.getByRole("row").nth(2)).toBeVisible();
    await grid.focus();
    await expect(grid.locator('[data-active="true"]')).toHaveAttribute("aria-rowindex", "2");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowUp");
    const chosen = grid.locator('[data-active="true"]');
    await expect(chosen).toHaveAttribute("aria-rowindex", "3");
    const [name = ""] = await chosen.getByRole("link").allInnerTexts();
    await page.keyboard.press("Enter");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(name.split("\n")[0] ?? "");
  });

  test("an empty result names the filter that is to blame and lifts it", async ({ page }) => {
    await page.goto("/contacts?search=zzqqxx");
    await expect(page.getByText("No record matches “zzqqxx”")).toBeVisible();
    await page.goto("/contacts?search=zzqqxx&state=in_sync");
    await expect(page.getByText("No record is in sync and matches “zzqqxx”")).toBeVisible();
    await page.getByRole("main").getByRole("button", { name: "Clear search" }).last().click();
    await expect(page).toHaveURL("/contacts?state=in_sync");
    await expect(page.getByRole("row").nth(1)).toContainText("In sync");
  });

  for (const id of ["not-an-id", "11111111-1111-4111-8111-111111111111"]) {
    test(`a record's address that leads nowhere (${id}) says so and leads back`, async ({ page }) => {
      await page.goto(`/contacts/${id}`);
      await expect(page.getByRole("heading", { level: 1, name: "This record is not here" })).toBeAttached();
      await page.getByRole("link", { name: "Search contacts" }).click();
      await expect(page.getByRole("heading", { level: 1, name: "Contacts" })).toBeVisible();
    });
  }
});
