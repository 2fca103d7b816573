import { expect } from "@playwright/test";
import { test } from "./support/test";

test.describe("Overview", () => {
  test("each number leads to exactly those records", async ({ page, app }) => {
    await page.goto("/");
    const link = page.locator('a[href="/contacts?state=in_sync"]').last();
    // What the tests before left due syncs meanwhile; the page asks every 15 s.
    await expect(async () => {
      const { objects } = await app.readOverview();
      const contacts = objects.find(({ object }) => object === "contact")?.counts.in_sync ?? 0;
      await expect(link).toContainText(contacts.toLocaleString("en-US"), { timeout: 2_000 });
    }).toPass({ timeout: 40_000 });
    await link.click();
    await expect(page).toHaveURL(/\/contacts\?state=in_sync/);
    await expect(page.getByRole("button", { name: /^In sync/ })).toHaveAttribute("aria-pressed", "true");
  });

  test("an answer that does not come leaves a page that says so and tries again", async ({ page }) => {
    let broken = true;
    await page.route("**/api/overview", (route) =>
      broken ? route.fulfill({ status: 503, body: "" }) : route.continue(),
    );
    await page.goto("/");
    await expect(page.getByRole("button", { name: "Try again" })).toBeVisible();
    broken = false;
    await page.getByRole("button", { name: "Try again" }).click();
    await expect(page.getByRole("region", { name: "Salesforce API calls" })).toBeVisible();
  });
});

test("a lost network is told over every page, refuses at once what cannot be sent, and heals by itself", async ({
  page,
  context,
}) => {
  await page.goto("/");
  await expect(page.getByRole("region", { name: "Salesforce API calls" })).toBeVisible();
  // What had not arrived yet would say the same in its own place.
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
  await context.setOffline(true);
  const banner = page.getByRole("alert").filter({ hasText: "The server does not answer" });
  await expect(banner).toBeVisible();
  await expect(page.getByRole("region", { name: "Salesforce API calls" })).toBeVisible();
  await page.getByRole("button", { name: "Check now" }).click();
  await expect(page.getByText("The server cannot be reached")).toBeVisible();
  await context.setOffline(false);
  await expect(banner).toHaveCount(0);
});

test.describe("Search or jump", () => {
  test("by keys alone: a page, a record by its address, and back to where the focus was", async ({ page, app }) => {
    await page.goto("/contacts");
    await expect(page.getByRole("grid")).toBeVisible();
    await page.keyboard.press("Control+k");
    const box = page.getByRole("combobox", { name: "Search or jump to" });
    await expect(box).toBeFocused();
    await page.keyboard.type("mappings");
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(/\/mappings/);

    const { rows } = await page.evaluate(async () => (await fetch("/api/records?state=in_sync&limit=5")).json());
    const { id, email } = rows.find((row: { email: string | null }) => row.email !== null);
    await page.keyboard.press("Control+k");
    await page.keyboard.type(email);
    await expect(page.getByRole("option").first()).toContainText(email);
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(new RegExp(`/contacts/${id}`));
    expect((await app.readRecord(id)).email).toBe(email);

    const button = page.getByRole("button", { name: "Search or jump", exact: true });
    await button.click();
    await page.keyboard.press("Escape");
    await expect(box).toHaveCount(0);
    await expect(button).toBeFocused();
  });

  test("what nothing is called like says so", async ({ page }) => {
    await page.goto("/");
    await page.getByRole("button", { name: "Search or jump", exact: true }).click();
    await page.getByRole("combobox", { name: "Search or jump to" }).fill("zzqqxx");
    await expect(page.getByText("Nothing is called “zzqqxx”")).toBeVisible();
  });
});
