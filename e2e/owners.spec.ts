import { expect, type Page } from "@playwright/test";
import { environment } from "./support/environment";
import { test } from "./support/test";

const rowOf = (page: Page, name: string) => page.getByRole("row").filter({ hasText: name });
/** An owner whom nobody in Salesforce has the address of */
const MIKA = "71550006";
const BEN = "005Kh0000000003IAA";
/** A user who left */
const PAUL = "005Kh0000000006IAA";
const NOBODY = { pairs: {}, defaultUserId: null };

async function pairByHand(page: Page, owner: string, user: string): Promise<void> {
  const row = rowOf(page, owner);
  await row.hover();
  await row.getByRole("button", { name: `Choose the Salesforce user for ${owner}` }).click();
  await page.getByRole("combobox", { name: `Salesforce user for ${owner}` }).fill(user);
  await page.getByRole("option", { name: user }).click();
}

test.describe("Owners", () => {
  test.beforeEach(({ app }) => app.changeSettings({ owners: NOBODY }));
  test.afterEach(({ app }) => app.changeSettings({ owners: NOBODY }));

  test("O1: an owner without a match is paired by hand, and what belongs to them belongs to that user in Salesforce", async ({
    page,
    app,
    hubspot,
    salesforce,
  }) => {
    await page.goto("/owners?show=unmatched");
    await expect(rowOf(page, "Mika Fontaine")).toContainText("Not matched");
    await expect(rowOf(page, "Ada Admin")).toHaveCount(0);
    await page.getByRole("button", { name: /^All/ }).click();
    await pairByHand(page, "Mika Fontaine", "Ben Carter");
    await expect(rowOf(page, "Mika Fontaine")).toContainText("Paired by hand");
    // Ben's user stands for Mika now, and meets nobody by address.
    await expect(rowOf(page, "ben.carter@sandbox.example").first()).toContainText("paired by hand with another owner");
    await page.getByRole("button", { name: "Save changes" }).click();
    await expect(page.getByText("Settings saved")).toBeVisible();

    const lead = await app.findLead();
    await hubspot.act("updateContact", { id: lead.hubspotId, properties: { hubspot_owner_id: MIKA } });
    await app.syncNow(lead.id);
    const owners = await salesforce.query(`SELECT OwnerId FROM Lead WHERE Id = '${lead.salesforceId}'`);
    expect(owners).toMatchObject([{ OwnerId: BEN }]);

    await page.reload();
    const row = rowOf(page, "Mika Fontaine");
    await row.hover();
    await row.getByRole("button", { name: /^Choose the Salesforce user/ }).click();
    await page.getByRole("button", { name: "Remove the pair of Mika Fontaine" }).click();
    await expect(row).toContainText("Not matched");
    await page.getByRole("button", { name: "Save changes" }).click();
    await expect(page.getByText("Settings saved")).toBeVisible();
    expect((await app.readConnection()).settings.owners.pairs).toEqual({});
  });

  test("an inactive user cannot be chosen; one who left meanwhile is refused by name of the fault", async ({
    page,
    app,
  }) => {
    await page.goto("/owners");
    const box = page.getByRole("combobox", { name: "New contacts, accounts and opportunities" });
    await box.fill("Paul");
    await expect(page.getByRole("option", { name: /Paul Leaver/ })).toHaveAttribute("aria-disabled", "true");
    await box.fill("Ben");
    await page.getByRole("option", { name: /Ben Carter/ }).click();
    // As when the user was made inactive between choosing and saving.
    await page.route("**/api/connection/settings", (route) => {
      const data = { ...(route.request().postDataJSON() as object), owners: { defaultUserId: PAUL } };
      return route.continue({ postData: JSON.stringify(data) });
    });
    await page.getByRole("button", { name: "Save changes" }).click();
    await expect(page.getByText("This user is inactive in Salesforce. Choose another one.")).toBeVisible();
    await expect(page.getByText("Unsaved changes")).toBeVisible();
    await page.unroute("**/api/connection/settings");
    await page.getByRole("button", { name: "Save changes" }).click();
    await expect(page.getByText("Settings saved")).toBeVisible();
    expect((await app.readConnection()).settings.owners.defaultUserId).toBe(BEN);
  });

  test("the list is searched and shared by its address; nobody found says why", async ({ page }) => {
    await page.goto("/owners?search=mori");
    await expect(page.getByRole("row")).toHaveCount(2);
    await page.getByRole("button", { name: /^Paired by hand/ }).click();
    await expect(page.getByText("Nobody matches “mori”")).toBeVisible();
    await page.getByRole("button", { name: "Show all" }).click();
    await expect(page).toHaveURL(/\/owners$/);
    await expect(rowOf(page, "Haruka Mori")).toBeVisible();
  });

  test("a server that does not answer is told, and asked again", async ({ page, context }) => {
    await context.addCookies([{ name: "NEXT_LOCALE", value: "ja", url: environment.app() }]);
    await page.route("**/api/owners", (route) => route.abort());
    await page.goto("/owners");
    await expect(page.getByRole("heading", { name: "担当者" })).toBeVisible();
    const again = page.getByRole("main").getByRole("button", { name: "再試行" });
    await expect(again).toBeVisible();
    await page.unroute("**/api/owners");
    await again.click();
    await expect(rowOf(page, "Haruka Mori")).toContainText("同じEメール");
  });
});
