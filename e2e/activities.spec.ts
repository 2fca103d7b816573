import { expect } from "@playwright/test";
import { makePair } from "./support/people";
import { test } from "./support/test";

const NONE = { call: false, meeting: false, note: false };

test.describe("Activities", () => {
  test.beforeEach(({ app }) => app.changeSettings({ activities: NONE, activityLanguage: "en" }));
  test.afterEach(({ app }) => app.changeSettings({ activities: NONE, activityLanguage: "en" }));

  test("A1, A2: calls are switched on, and the next call logged in HubSpot stands as a Task in Salesforce", async ({
    page,
    app,
    hubspot,
    salesforce,
  }) => {
    const pair = await makePair({ app, hubspot });
    await page.goto("/activities");
    const row = page.getByRole("listitem").filter({ hasText: "A call is logged" });
    await expect(row).toContainText("HubSpot – Call: Quarterly review");
    await row.getByRole("switch").check();
    await expect(row).toContainText("Starts when saved");
    await page.getByRole("button", { name: "Save changes" }).click();
    await expect(page.getByText("Settings saved")).toBeVisible();
    await expect(row).toContainText("On since");

    // What is turned on counts from then on, to the second.
    await page.waitForTimeout(1_500);
    await hubspot.act("logCall", { email: pair.email, title: "About the offer" });
    await expect(async () => {
      await app.check();
      const tasks = await salesforce.query<{ Subject: string }>(
        `SELECT Subject FROM Task WHERE WhoId = '${pair.salesforceId}'`,
      );
      expect(tasks.map(({ Subject }) => Subject)).toEqual(["HubSpot – Call: About the offer"]);
    }).toPass({ timeout: 40_000 });
  });

  test("unsaved switches are kept on top of what somebody else saved meanwhile", async ({ page, app }) => {
    await page.goto("/activities");
    const meetings = page.getByRole("switch", { name: "Meetings" });
    await meetings.check();
    await app.changeSettings({ activities: { note: true } });
    await page.getByRole("button", { name: "Save changes" }).click();
    await expect(page.getByText("Someone else saved these settings meanwhile")).toBeVisible();
    await page.getByRole("button", { name: "Load the newer version" }).click();
    await expect(page.getByRole("switch", { name: "Notes" })).toBeChecked();
    await expect(meetings).toBeChecked();
    await page.getByRole("button", { name: "Save changes" }).click();
    await expect(page.getByText("Settings saved")).toBeVisible();
    expect((await app.readConnection()).settings.activities).toMatchObject({ meeting: true, note: true });
  });

  test("a server that does not answer is told, and the switches stay as they were set", async ({ page }) => {
    await page.goto("/activities");
    await page.getByRole("switch", { name: "Meetings" }).check();
    await page.route("**/api/connection/settings", (route) => route.abort());
    await page.getByRole("button", { name: "Save changes" }).click();
    await expect(page.getByRole("switch", { name: "Meetings" })).toBeChecked();
    await expect(page.getByText("Unsaved changes")).toBeVisible();
    await page.unroute("**/api/connection/settings");
    await page.getByRole("button", { name: "Discard changes" }).click();
    await expect(page.getByRole("switch", { name: "Meetings" })).not.toBeChecked();
  });
});
