import { expect, type Page } from "@playwright/test";
import { makePair } from "./support/people";
import { fillAndSave, openInHubspot, openInSalesforce } from "./support/sandbox-pages";
import { test } from "./support/test";
import { openRecord, syncNow, timeline } from "./support/walks";

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
    await syncNow(page, "1 field updated");
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
    await syncNow(page, "1 field updated");
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
    await page
      .getByRole("dialog", { name: /^Delete the mapping of Fax/ })
      .getByRole("button", { name: "Delete mapping" })
      .click();
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
