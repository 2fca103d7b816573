import { expect, type Page } from "@playwright/test";
import { environment } from "./support/environment";
import { test } from "./support/test";

const pipeline = (page: Page) => page.getByRole("region", { name: "Sales Pipeline" });
const stageOf = (page: Page, stage: string) =>
  pipeline(page).getByRole("combobox", { name: `Salesforce stage for ${stage}`, exact: true });

async function choose(page: Page, stage: string, salesforceStage: string): Promise<void> {
  await stageOf(page, stage).click();
  await page.getByRole("option", { name: salesforceStage }).click();
}

async function save(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByText("Settings saved")).toBeVisible();
}

const UNPAIRED = { stagePairs: [], lifecycle: { on: false, leadStatus: {} } };

test.describe("Lifecycle & stages", () => {
  let wasOn = false;
  test.beforeAll(async ({ playwright }) => {
    const request = await playwright.request.newContext();
    const { AppApi } = await import("./support/app-api");
    const app = new AppApi(request);
    wasOn = (await app.readConnection()).settings.deal.on;
    await app.switchObject("deal", true);
    await request.dispose();
  });
  test.beforeEach(({ app }) => app.changeSettings(UNPAIRED));
  test.afterEach(({ app }) => app.changeSettings(UNPAIRED));
  test.afterAll(async ({ playwright }) => {
    const request = await playwright.request.newContext();
    const { AppApi } = await import("./support/app-api");
    await new AppApi(request).changeSettings({ deal: { on: wasOn } });
    await request.dispose();
  });

  test("P2: a stage is paired by hand, and the next deal in it stands there in Salesforce", async ({
    page,
    app,
    hubspot,
    salesforce,
  }) => {
    await page.goto("/stages");
    await expect(stageOf(page, "Qualified To Buy")).toContainText("Automatic: Value Proposition");
    await choose(page, "Qualified To Buy", "Perception Analysis");
    await expect(pipeline(page).getByText("1 pair by hand")).toBeVisible();
    await pipeline(page).getByRole("button", { name: "What comes from Salesforce" }).click();
    const coming = pipeline(page).getByRole("listitem").filter({ hasText: "Paired by hand" });
    await expect(coming.last()).toContainText(/Qualified To Buy.*Perception Analysis/s);
    await save(page);

    const name = `Rollout ${Date.now()}`;
    await hubspot.act("createRecord", {
      type: "deals",
      properties: { dealname: name, pipeline: "default", dealstage: "qualifiedtobuy" },
    });
    await expect(async () => {
      await app.check();
      const found = await salesforce.query(`SELECT StageName FROM Opportunity WHERE Name = '${name}'`);
      expect(found).toMatchObject([{ StageName: "Perception Analysis" }]);
    }).toPass({ timeout: 40_000 });
  });

  test("P2: a second Salesforce stage comes back to a stage and does not change what is written", async ({
    page,
    app,
  }) => {
    await page.goto("/stages");
    const row = pipeline(page).getByRole("listitem").filter({ hasText: "Contract Sent" });
    await row.getByRole("button", { name: "Add a Salesforce stage to Contract Sent" }).click();
    await expect(row).toContainText("Comes back to this stage; the first one is written.");
    await save(page);
    const { stagePairs } = (await app.readConnection()).settings;
    expect(stagePairs.map(({ stageId, stageName }) => [stageId, stageName])).toEqual([
      ["contractsent", "Negotiation/Review"],
      ["contractsent", "Prospecting"],
    ]);
  });

  test("L1: lifecycle stages are switched on with their targets, and lead statuses meet entry by entry", async ({
    page,
    app,
  }) => {
    await page.goto("/stages");
    await page.getByRole("switch", { name: "Automatic lifecycle stages" }).check();
    await page.getByRole("combobox", { name: /^The lead is converted/ }).click();
    await page.getByRole("option", { name: "Moves nobody" }).click();
    await page.getByRole("combobox", { name: "HubSpot lead status for Working - Contacted" }).click();
    await page.getByRole("option", { name: "In Progress" }).click();
    await expect(
      page.getByText(/HubSpot statuses without an entry leave Salesforce as it is: New, Open/),
    ).toBeVisible();
    await save(page);
    expect((await app.readConnection()).settings.lifecycle).toMatchObject({
      on: true,
      steps: { lead_converted: null, opportunity_won: "customer" },
      leadStatus: { "Working - Contacted": "IN_PROGRESS" },
    });
    await app.changeSettings({
      lifecycle: {
        steps: { lead_converted: "salesqualifiedlead", opportunity_open: "opportunity", opportunity_won: "customer" },
      },
    });
  });

  test("whoever saves second loads the newer version and keeps what they chose", async ({ page, app }) => {
    await page.goto("/stages");
    await choose(page, "Closed Won", "Closed Lost");
    await app.changeSettings({ lifecycle: { on: true } });
    await page.getByRole("button", { name: "Save changes" }).click();
    await expect(page.getByText("Someone else saved these settings meanwhile")).toBeVisible();
    await page.getByRole("button", { name: "Load the newer version" }).click();
    await expect(page.getByRole("switch", { name: "Automatic lifecycle stages" })).toBeChecked();
    await expect(stageOf(page, "Closed Won")).toContainText("Closed Lost");
    await page.getByRole("button", { name: "Discard changes" }).click();
    await expect(stageOf(page, "Closed Won")).toContainText("Automatic: Closed Won");
  });

  test("a stage that is not there is refused by the API with its place", async ({ app }) => {
    const stagePairs = [{ pipelineId: "default", stageId: "nowhere", stageName: "Closed Won", recordTypeId: null }];
    await expect(app.changeSettings({ stagePairs })).rejects.toThrow(/stagePairs\.0\.stageId.*stage_unknown/s);
  });

  test("in Japanese, and read again from both CRMs", async ({ page, context }) => {
    await context.addCookies([{ name: "NEXT_LOCALE", value: "ja", url: environment.app() }]);
    await page.goto("/stages");
    await expect(page.getByRole("heading", { name: "ライフサイクルとステージ" })).toBeVisible();
    await page.getByRole("button", { name: "再読み込み" }).click();
    await expect(page.getByText("両方のCRMを読み込み直しました")).toBeVisible({ timeout: 60_000 });
  });
});
