import { expect, type Page } from "@playwright/test";
import { makePair } from "./support/people";
import { fillAndSave, openInHubspot, openInSalesforce } from "./support/sandbox-pages";
import { test } from "./support/test";
import { CARRIED_OVER, openRecord, syncNow, timeline } from "./support/walks";

const editor = (page: Page) => page.getByRole("dialog").first();

async function openMapping(page: Page, label: string): Promise<void> {
  await page.goto("/mappings");
  await page.getByRole("button", { name: `Edit the mapping of ${label}`, exact: true }).click();
  await expect(editor(page).getByRole("radio").first()).toBeVisible();
}

/** Types into a box of the editor and takes the offer that has this API name. */
async function choose(page: Page, box: string, name: string): Promise<void> {
  await editor(page).getByRole("combobox", { name: box }).fill(name);
  await page.getByRole("option").filter({ hasText: name }).first().click();
  await expect(page.getByRole("option")).toHaveCount(0);
}

test.describe("Field mappings", () => {
  test.afterEach(async ({ app }) => {
    await app.setRule("jobtitle", "prefer_salesforce");
    await app.deleteMapping("fax");
    await app.deleteMapping("createdate");
  });

  test("the rule decides which CRM's edit survives", async ({ page, app, hubspot }) => {
    const pair = await makePair({ app, hubspot }, { jobtitle: "Architect" });
    await openMapping(page, "Job Title");
    await editor(page)
      .getByRole("radio", { name: /^Always use HubSpot/ })
      .check();
    await editor(page).getByRole("button", { name: "Save" }).click();
    await expect(page.getByText("Mapping saved")).toBeVisible();

    await openInSalesforce(page, pair.salesforceId);
    await fillAndSave(page, { Title: "Typed in Salesforce" });
    await openRecord(page, pair.id);
    await syncNow(page, CARRIED_OVER);
    await expect(timeline(page)).toContainText(/Typed in Salesforce\s*→\s*Architect/);
    await openInSalesforce(page, pair.salesforceId);
    await expect(page.getByLabel("Title", { exact: true })).toHaveValue("Architect");

    await openMapping(page, "Job Title");
    await editor(page)
      .getByRole("radio", { name: /^Always use Salesforce/ })
      .check();
    await editor(page).getByRole("button", { name: "Save" }).click();
    await expect(page.getByText("Mapping saved")).toBeVisible();
    await openInHubspot(page, pair.hubspotId);
    await fillAndSave(page, { "Job title": "Typed in HubSpot" });
    await openRecord(page, pair.id);
    await syncNow(page, CARRIED_OVER);
    await openInHubspot(page, pair.hubspotId);
    await expect(page.getByLabel("Job title", { exact: true })).toHaveValue("Architect");
  });

  test("a suggestion is accepted, edited as an own mapping, and deleted with an undo", async ({ page, app }) => {
    await app.deleteMapping("fax");
    await page.goto("/mappings");
    await page.getByRole("button", { name: /^Accept the mapping of Fax/ }).click();
    await expect(page.getByText("Mapping added")).toBeVisible();
    const edit = page.getByRole("button", { name: /^Edit the mapping of Fax/ });
    await edit.click();
    await editor(page).getByRole("button", { name: "Delete mapping" }).click();
    await expect(page.getByText("Mapping deleted")).toBeVisible();
    await expect(edit).toHaveCount(0);
    await page.getByRole("button", { name: "Undo" }).click();
    await expect(page.getByText("Mapping put back")).toBeVisible();
    await expect(edit).toBeVisible();
  });

  test("types that cannot be carried over are named and cannot be saved", async ({ page }) => {
    await page.goto("/mappings");
    await page.getByRole("button", { name: "Add mapping" }).click();
    await choose(page, "HubSpot property", "createdate");
    await choose(page, "Salesforce lead field", "HasOptedOutOfEmail");
    await expect(editor(page).getByText("Types do not match").first()).toBeVisible();
    await expect(editor(page).getByText("Values of these two types cannot be carried over.").first()).toBeVisible();
    await expect(editor(page).getByRole("button", { name: "Add mapping" })).toBeDisabled();
    await expect(editor(page).getByText("Cure the errors above to save.")).toBeVisible();
  });

  test("whoever saves second is told, loads the newer version and keeps what they changed", async ({
    page,
    context,
  }) => {
    const second = await context.newPage();
    await openMapping(page, "Job Title");
    await openMapping(second, "Job Title");
    await editor(page)
      .getByRole("radio", { name: /^Two-way/ })
      .check();
    await editor(page).getByRole("button", { name: "Save" }).click();
    await expect(page.getByText("Mapping saved")).toBeVisible();

    await editor(second)
      .getByRole("radio", { name: /^Prefer HubSpot unless blank/ })
      .check();
    await editor(second).getByRole("button", { name: "Save" }).click();
    await expect(editor(second).getByText("Changed meanwhile")).toBeVisible();
    await editor(second).getByRole("button", { name: "Load the newer version" }).click();
    await expect(editor(second).getByText(/The newer version is loaded/)).toBeVisible();
    await expect(editor(second).getByRole("radio", { name: /^Prefer HubSpot unless blank/ })).toBeChecked();
    await editor(second).getByRole("button", { name: "Save" }).click();
    await expect(second.getByText("Mapping saved")).toBeVisible();
  });

  test("a default mapping offers no delete, and the API refuses it", async ({ page, app }) => {
    await openMapping(page, "Job Title");
    await expect(editor(page).getByRole("button", { name: "Delete mapping" })).toHaveCount(0);
    await expect(app.deleteMapping("jobtitle")).rejects.toThrow(/default_mapping_stays/);
  });

  test("unsaved changes are not lost by closing", async ({ page }) => {
    await openMapping(page, "Job Title");
    await editor(page)
      .getByRole("radio", { name: /^Don’t sync/ })
      .check();
    await page.keyboard.press("Escape");
    const question = page.getByRole("dialog", { name: "Discard the changes?" });
    await question.getByRole("button", { name: "Keep editing" }).click();
    await expect(editor(page).getByRole("radio", { name: /^Don’t sync/ })).toBeChecked();
    await editor(page).getByRole("button", { name: "Cancel" }).click();
    await question.getByRole("button", { name: "Discard" }).click();
    await expect(page.getByRole("dialog")).toHaveCount(0);
    await expect(page.getByRole("row").filter({ hasText: "jobtitle" })).toContainText("Prefer Salesforce unless blank");
  });
});

test.describe("Before a mapping is saved, and after", () => {
  test.afterEach(({ app }) => app.deleteMapping("fax"));

  test("F14, T19: tried on a real record, saved, and existing records are filled after a preview", async ({
    page,
    app,
    hubspot,
    salesforce,
  }) => {
    test.setTimeout(120_000);
    await app.deleteMapping("fax");
    const fax = `+81 3 5550 ${Date.now() % 10_000}`;
    const lead = await app.findLead();
    await hubspot.act("updateContact", { id: lead.hubspotId, properties: { fax } });
    await page.goto("/mappings");
    await page.getByRole("button", { name: "Add mapping" }).click();
    await choose(page, "HubSpot property", "fax");
    await choose(page, "Salesforce lead field", "Fax");
    await expect(editor(page).getByText("Filled in, because the name is the same.")).toBeVisible();
    const example = page.getByRole("region", { name: "Live example" });
    await example.getByRole("combobox", { name: "Record" }).fill(lead.email ?? "");
    await page
      .getByRole("option")
      .filter({ hasText: lead.email ?? "" })
      .click();
    await editor(page)
      .getByRole("radio", { name: /^Don’t sync/ })
      .check();
    await expect(example).toContainText("Nothing would be written. Because: Not synced.");
    await editor(page)
      .getByRole("radio", { name: /^Always use HubSpot/ })
      .check();
    await expect(example).toContainText(`Kakehashi would write ${fax} into Salesforce.`);
    await editor(page).getByRole("button", { name: "Add mapping" }).click();
    await expect(page.getByText("Mapping added")).toBeVisible();
    const faxOf = () =>
      salesforce.query<{ Fax: string | null }>(`SELECT Fax FROM Lead WHERE Id = '${lead.salesforceId}'`);
    expect(await faxOf()).not.toMatchObject([{ Fax: fax }]);

    const offer = page.getByText(/^Existing records keep their values until they change. Fill Fax/);
    await expect(offer).toBeVisible();
    await page.reload();
    await expect(offer).toBeVisible();
    await page.getByRole("button", { name: "Preview the fill" }).click();
    await page.getByRole("button", { name: /^Carry out/ }).click();
    await expect(page.getByRole("region", { name: "Filling existing contacts" })).toContainText("Done", {
      timeout: 60_000,
    });
    expect(await faxOf()).toMatchObject([{ Fax: fax }]);
  });

  test("a company's property is mapped with its account's field, and the list is searched and filtered", async ({
    page,
    app,
  }) => {
    const { on } = (await app.readConnection()).settings.company;
    await app.switchObject("company", true);
    await app.deleteMapping("industry", "company");
    await page.goto("/mappings?object=company");
    await page.getByRole("button", { name: /^Accept the mapping of Industry/ }).click();
    await expect(page.getByText("Mapping added")).toBeVisible();
    expect(await app.findMapping("industry", "company")).toMatchObject({ salesforceField: "Industry" });
    await page.getByRole("textbox", { name: "Search properties and fields" }).fill("billing city");
    await expect(page.getByRole("button", { name: /^Edit the mapping of/ })).toHaveCount(1);
    await expect(page).toHaveURL(/object=company&search=billing\+city/);
    await page.getByRole("button", { name: /^Two-way/ }).click();
    await expect(page.getByText("No mapping matches “billing city”")).toBeVisible();
    await expect(page.getByText("The filter “Two-way” hides the others.")).toBeVisible();
    await page.getByRole("button", { name: "Clear search" }).last().click();
    await expect(page.getByRole("button", { name: "Edit the mapping of Company name" })).toBeVisible();
    await app.deleteMapping("industry", "company");
    await app.changeSettings({ company: { on } });
  });

  test("an object that is off says so, with the way to switch it on", async ({ page, app }) => {
    const { on } = (await app.readConnection()).settings.company;
    await app.changeSettings({ company: { on: false } });
    await page.goto("/mappings?object=company");
    await expect(page.getByText("Companies do not sync")).toBeVisible();
    await expect(page.getByRole("main").getByRole("link", { name: "Open Connection" })).toHaveAttribute(
      "href",
      "/connection",
    );
    await app.changeSettings({ company: { on } });
  });

  test("a CRM that does not answer is told in the example, and nothing typed is lost", async ({ page }) => {
    await openMapping(page, "Job Title");
    const example = page.getByRole("region", { name: "Live example" });
    await expect(example).toContainText(/Because:/);
    await page.route("**/api/mappings/try", (route) => route.abort());
    await editor(page)
      .getByRole("radio", { name: /^Always use Salesforce/ })
      .check();
    await expect(example).toContainText("The server cannot be reached");
    await page.unroute("**/api/mappings/try");
    await example.getByRole("button", { name: "Try again" }).click();
    await expect(example).toContainText(/Because:/);
    await expect(editor(page).getByRole("radio", { name: /^Always use Salesforce/ })).toBeChecked();
  });
});
