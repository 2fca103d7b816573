import { expect, type Locator, type Page } from "@playwright/test";
import type { AppApi } from "./support/app-api";
import { environment } from "./support/environment";
import { inventListName, makeActiveList, makeStaticList } from "./support/lists";
import { becomeOnlooker } from "./support/onlooker";
import { makePair } from "./support/people";
import { test } from "./support/test";

const EVERYBODY = { inclusionLists: { contact: null }, salesforceFilter: { Lead: [] } };

async function reset(app: AppApi): Promise<void> {
  await app.changeSettings(EVERYBODY);
}

const card = (page: Page): Locator => page.getByRole("region", { name: "Contacts", exact: true });

/** Opens the dialog and picks the list with this name. */
async function pick(page: Page, name: string): Promise<Locator> {
  await page.goto("/inclusion");
  await card(page)
    .getByRole("button", { name: /^Choose/ })
    .click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Search lists").fill(name);
  await expect(dialog.getByRole("radio", { name })).toBeVisible();
  return dialog;
}

test.describe("Inclusion lists", () => {
  test.beforeEach(({ app }) => reset(app));
  test.afterEach(({ app }) => reset(app));

  test("G2: the effect is shown before a list is chosen; whoever is outside is excluded, and syncs again without it", async ({
    page,
    app,
    hubspot,
  }) => {
    const city = inventListName("City");
    const inside = await makePair({ app, hubspot }, { city });
    const outside = await makePair({ app, hubspot });
    const name = inventListName("Neighbours");
    await makeActiveList(hubspot, name, "city", city);

    const dialog = await pick(page, name);
    await dialog.getByRole("radio", { name }).check();
    await expect(dialog.getByText("Nobody would newly sync.")).toBeVisible();
    await expect(dialog.getByText(/would stop syncing\.$/)).toBeVisible();
    await dialog.getByRole("button", { name: "Choose this list" }).click();
    await expect(card(page).getByText("Not saved yet")).toBeVisible();
    expect((await app.readConnection()).settings.inclusionLists.contact).toBeNull();
    await page.getByRole("button", { name: "Save changes" }).click();
    await expect(card(page).getByText("Not saved yet")).toHaveCount(0);
    expect((await app.readConnection()).settings.inclusionLists.contact?.name).toBe(name);

    await app.check();
    await hubspot.act("updateContact", { id: outside.hubspotId, properties: { jobtitle: "Harbour master" } });
    await hubspot.act("updateContact", { id: inside.hubspotId, properties: { jobtitle: "Harbour master" } });
    expect((await app.checkUntil(outside.email, "excluded")).exclusionReason).toBe("not_in_inclusion_list");
    expect((await app.checkUntil(inside.email, "in_sync")).state).toBe("in_sync");

    await page.reload();
    await card(page).getByRole("button", { name: "Remove" }).click();
    const removal = page.getByRole("dialog");
    await expect(removal.getByText(outside.name).first()).toBeVisible();
    await removal.getByRole("button", { name: "Remove the list" }).click();
    await page.getByRole("button", { name: "Save changes" }).click();
    // The card says who may sync before that is saved as well.
    await expect(page.getByRole("button", { name: "Save changes" })).toHaveCount(0);
    await expect(card(page).getByText("Every contact may sync.")).toBeVisible();
    await hubspot.act("updateContact", { id: outside.hubspotId, properties: { jobtitle: "Pilot" } });
    await app.checkUntil(outside.email, "in_sync");
  });

  test("G2: a static list is seen with the reason why it cannot be chosen", async ({ page, hubspot }) => {
    const name = inventListName("By hand");
    await makeStaticList(hubspot, name, []);
    const dialog = await pick(page, name);
    await expect(dialog.getByRole("radio", { name })).toBeDisabled();
    await expect(dialog.getByText("Static: only active lists").first()).toBeVisible();
    await expect(dialog.getByRole("button", { name: "Choose this list" })).toBeDisabled();
  });

  test("G4: a filter with a gap is refused at its place; complete it is saved, and what is taken away is gone", async ({
    page,
    app,
  }) => {
    const leadFilter = async () => (await app.readConnection()).settings.salesforceFilter.Lead ?? [];
    await page.goto("/inclusion");
    const leads = page.getByRole("region", { name: "Leads", exact: true });
    await leads.getByRole("button", { name: "Add a condition" }).click();
    await page.getByRole("button", { name: "Save changes" }).click();
    await expect(leads.getByText("Choose a field.")).toBeVisible();
    await leads.getByLabel("Field of condition 1").fill("Lead Source");
    await page.getByRole("option", { name: /Lead Source/ }).click();
    await page.getByRole("button", { name: "Save changes" }).click();
    await expect(leads.getByText("Enter a value and press Enter.")).toBeVisible();
    expect(await leadFilter()).toEqual([]);

    await leads.getByLabel("Values of condition 1").fill("Web");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Save changes" }).click();
    await expect(page.getByRole("button", { name: "Save changes" })).toHaveCount(0);
    expect(await leadFilter()).toEqual([{ field: "LeadSource", operator: "is", values: ["Web"] }]);
    await leads.getByRole("button", { name: "Remove condition 1" }).click();
    await page.getByRole("button", { name: "Save changes" }).click();
    await expect(page.getByRole("button", { name: "Save changes" })).toHaveCount(0);
    expect(await leadFilter()).toEqual([]);
  });

  test("who may only look finds no button to choose, remove or save; in Japanese it is said in Japanese", async ({
    page,
    app,
  }) => {
    await becomeOnlooker(page, app);
    await page.goto("/inclusion");
    await expect(card(page).getByText("Every contact may sync.")).toBeVisible();
    await expect(page.getByRole("main").getByRole("button")).toHaveCount(0);
    await page.context().addCookies([{ name: "NEXT_LOCALE", value: "ja", url: environment.app() }]);
    await page.goto("/inclusion");
    await expect(page.getByText("すべてのコンタクトが同期の対象です。")).toBeVisible();
  });
});
