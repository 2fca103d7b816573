import { expect } from "@playwright/test";
import { environment } from "./support/environment";
import { makePair } from "./support/people";
import { fillAndSave, openInHubspot, openInSalesforce } from "./support/sandbox-pages";
import { test } from "./support/test";
import { CARRIED_OVER, openRecord, statePill, syncCard, syncNow, timeline } from "./support/walks";

const RULE = "Title_not_too_short";
const MESSAGE = "The title is too short: spell it out";

test.describe("What Salesforce refuses is told with its cure", () => {
  test.beforeEach(({ app }) => app.setRule("jobtitle", "two_way"));
  test.afterEach(async ({ app, salesforce }) => {
    await salesforce.act("removeValidationRule", { object: "Lead", name: RULE });
    await app.setRule("jobtitle", "prefer_salesforce");
  });

  test("a validation rule refuses a title, the card explains it, and the cure closes the error", async ({
    page,
    app,
    hubspot,
  }) => {
    const pair = await makePair({ app, hubspot }, { jobtitle: "Managing Director" });
    await page.goto(`${environment.salesforce()}/setup`);
    const form = page.locator("form", { has: page.getByRole("button", { name: "Add validation rule" }) });
    await form.getByLabel("Validation rule object").selectOption("Lead");
    await form.getByLabel("Rule name").fill(RULE);
    await form.getByLabel("Error condition formula").fill("LEN(Title) = 2");
    await form.getByLabel("Error message").fill(MESSAGE);
    await form.getByLabel("Error field").fill("Title");
    await form.getByRole("button", { name: "Add validation rule" }).click();
    await expect(page.getByRole("cell", { name: MESSAGE })).toBeVisible();

    await openInHubspot(page, pair.hubspotId);
    await fillAndSave(page, { "Job title": "MD" });
    await openRecord(page, pair.id);
    await syncNow(page, "The sync failed");

    await expect(statePill(page, "Failing")).toBeVisible();
    const card = syncCard(page);
    await expect(card).toContainText("Not syncing: a Salesforce validation rule refused Title");
    await page.getByRole("button", { name: "View error details" }).click();
    await expect(card).toContainText("Salesforce checked the values against a validation rule of your org");
    await expect(card).toContainText("Correct the value in HubSpot so that it meets the rule");
    await expect(card.getByRole("definition").filter({ hasText: /^MD$/ })).toBeVisible();
    await expect(card.getByText(MESSAGE)).toBeVisible();
    await expect(card.getByText("FIELD_CUSTOM_VALIDATION_EXCEPTION")).toBeVisible();
    await openInSalesforce(page, pair.salesforceId);
    await expect(page.getByLabel("Title", { exact: true })).toHaveValue("Managing Director");

    await openInHubspot(page, pair.hubspotId);
    await fillAndSave(page, { "Job title": "Management Director" });
    await openRecord(page, pair.id);
    await syncNow(page, CARRIED_OVER);

    await expect(statePill(page, "In sync")).toBeVisible();
    await expect(page.getByRole("button", { name: "View error details" })).toHaveCount(0);
    const entries = timeline(page).getByRole("listitem");
    await expect(entries.filter({ hasText: /Managing Director\s*→\s*Management Director/ }).first()).toBeVisible();
    await expect(timeline(page).getByText("A validation rule refused the record").first()).toBeVisible();
    const errors = (await app.readRecord(pair.id)).errors;
    expect(errors.every((error) => error.closedAt !== null)).toBe(true);
    await openInSalesforce(page, pair.salesforceId);
    await expect(page.getByLabel("Title", { exact: true })).toHaveValue("Management Director");
  });

  test("the card turns to In sync without a reload when somebody else's sync cures the record", async ({
    page,
    app,
    hubspot,
    salesforce,
  }) => {
    const pair = await makePair({ app, hubspot }, { jobtitle: "Managing Director" });
    await salesforce.act("addValidationRule", {
      object: "Lead",
      name: RULE,
      errorCondition: "LEN(Title) = 2",
      errorMessage: MESSAGE,
      errorField: "Title",
    });
    await hubspot.act("updateContact", { id: pair.hubspotId, properties: { jobtitle: "MD" } });
    await page.clock.install();
    await openRecord(page, pair.id);
    await syncNow(page, "The sync failed");
    await expect(statePill(page, "Failing")).toBeVisible();

    await hubspot.act("updateContact", { id: pair.hubspotId, properties: { jobtitle: "Director" } });
    await app.checkUntil(pair.email, "in_sync");
    // An open card looks every 30 s whether it is still true.
    await page.clock.fastForward(31_000);
    await expect(statePill(page, "In sync")).toBeVisible();
    await expect(timeline(page)).toContainText(/Managing Director\s*→\s*Director/);
  });

  test("a second Sync now while one runs is told kindly and writes nothing twice", async ({
    page,
    context,
    app,
    hubspot,
    salesforce,
  }) => {
    const pair = await makePair({ app, hubspot }, { jobtitle: "Analyst" });
    await hubspot.act("updateContact", { id: pair.hubspotId, properties: { jobtitle: "Senior Analyst" } });
    const second = await context.newPage();
    await openRecord(page, pair.id);
    await openRecord(second, pair.id);
    await salesforce.setLatency(3_000);

    await page.getByRole("button", { name: "Sync now" }).click();
    await expect(page.getByRole("button", { name: "Syncing" })).toBeVisible();
    await second.getByRole("button", { name: "Sync now" }).click();
    await expect(second.getByText("Already syncing")).toBeVisible();
    await expect(page.getByText("1 field updated")).toBeVisible({ timeout: 30_000 });
    await salesforce.setLatency(0);

    await app.check();
    await expect(statePill(second, "In sync")).toBeVisible();
    const entries = (await app.readTimeline(pair.id)).entries;
    const written = entries.filter((entry) => entry.changes.some((change) => change.after === "Senior Analyst"));
    expect(written).toHaveLength(1);
  });
});
