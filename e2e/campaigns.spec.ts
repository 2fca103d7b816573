import { expect, type Page } from "@playwright/test";
import { inventPerson } from "./support/people";
import { test } from "./support/test";

async function tie(page: Page, form: string, campaign: string): Promise<void> {
  await page.getByRole("button", { name: "Tie a form to a campaign" }).first().click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("HubSpot form").fill(form);
  await page.getByRole("option", { name: form }).click();
  await dialog.getByLabel("Salesforce campaign").fill(campaign);
  await page.getByRole("option", { name: campaign }).click();
  await dialog.getByRole("button", { name: "Add rule" }).click();
}

test.describe("Campaigns", () => {
  const none = { campaigns: { rules: [], namesProperty: false } };
  test.beforeEach(({ app }) => app.changeSettings(none));
  test.afterEach(({ app }) => app.changeSettings(none));

  test("K1, T14: a form is tied to a campaign, and who submits it becomes a member", async ({
    page,
    app,
    hubspot,
    salesforce,
  }) => {
    await page.goto("/campaigns");
    await expect(page.getByText("No form is tied to a campaign")).toBeVisible();
    await tie(page, "Contact us", "Spring webinar");
    const rule = page.getByRole("listitem").filter({ hasText: "Spring webinar" });
    await expect(rule).toContainText("Not saved yet");
    await expect(rule).toContainText("Responded");
    await page.getByRole("button", { name: "Save changes" }).click();
    await expect(page.getByText("Settings saved")).toBeVisible();

    await page.waitForTimeout(1_500);
    const { email, firstname, lastname } = inventPerson();
    await hubspot.act("submitForm", { email, formName: "Contact us", properties: { firstname, lastname } });
    const record = await app.checkUntil(email, "in_sync");
    await expect(async () => {
      await app.check();
      const members = await salesforce.query<{ Status: string }>(
        `SELECT Status FROM CampaignMember WHERE LeadId = '${record.salesforceId}'`,
      );
      expect(members.map(({ Status }) => Status)).toEqual(["Responded"]);
    }).toPass({ timeout: 40_000 });
  });

  test("a rule is refused with its field named: nothing chosen, and the same form twice", async ({ page }) => {
    await page.goto("/campaigns");
    await tie(page, "Newsletter", "Newsletter");
    await page.getByRole("button", { name: "Tie a form to a campaign" }).first().click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: "Add rule" }).click();
    await expect(dialog.getByText("Choose a form, or “Every form”.")).toBeVisible();
    await page.keyboard.press("Escape");
    await tie(page, "Newsletter", "Newsletter");
    await expect(page.getByText("This form is tied to this campaign already. Change that rule instead.")).toBeVisible();
  });

  test("a campaign that is no longer active is named on its rule", async ({ page, app, salesforce }) => {
    await app.changeSettings(none);
    const { id } = await salesforce.act<{ id: string }>("createRecord", {
      object: "Campaign",
      fields: { Name: "Autumn fair", IsActive: false },
    });
    const rule = { formId: "*", campaignId: id, campaignName: "Autumn fair", status: "Responded" };
    await app.changeSettings({ campaigns: { rules: [rule] } });
    await page.goto("/campaigns");
    await expect(page.getByText("The campaign is not active and takes no members")).toBeVisible();
  });
});
