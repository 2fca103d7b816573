import { expect } from "@playwright/test";
import { environment } from "./support/environment";
import { inventPerson, makePair } from "./support/people";
import { expectFields, fillAndSave, openInHubspot, openInSalesforce } from "./support/sandbox-pages";
import { test } from "./support/test";
import { checkNow, openRecord, statePill, syncCard, timeline } from "./support/walks";

test.describe("Both CRMs stay in step", () => {
  test.beforeEach(({ app }) => app.setRule("jobtitle", "two_way"));
  test.afterEach(({ app }) => app.setRule("jobtitle", "prefer_salesforce"));

  test("an edit in HubSpot stands in Salesforce after the next check, and the record says why", async ({
    page,
    app,
    hubspot,
  }) => {
    const pair = await makePair({ app, hubspot }, { jobtitle: "Buyer" });
    await openInHubspot(page, pair.hubspotId);
    await fillAndSave(page, { "Job title": "Head of Purchasing" });

    // HubSpot's search, which the check asks, shows an edit about a second later.
    await expect(async () => {
      await checkNow(page);
      await openInSalesforce(page, pair.salesforceId);
      await expect(page.getByLabel("Title", { exact: true })).toHaveValue("Head of Purchasing", { timeout: 1_000 });
    }).toPass();

    await openRecord(page, pair.id);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(pair.name);
    await expect(statePill(page, "In sync")).toBeVisible();
    await expect(syncCard(page)).toContainText(/In sync since .*, because Job Title changed in HubSpot/);
    await expect(page.getByText(pair.hubspotId, { exact: true })).toBeVisible();
    await expect(page.getByText(pair.salesforceId, { exact: true })).toBeVisible();
    const latest = timeline(page).getByRole("listitem").first();
    await expect(latest).toContainText("Job Title changed in HubSpot");
    await expect(latest).toContainText(/Buyer\s*→\s*Head of Purchasing/);
  });

  test("an edit in Salesforce stands in HubSpot after the next check", async ({ page, app, hubspot }) => {
    const pair = await makePair({ app, hubspot }, { jobtitle: "Engineer" });
    await openInSalesforce(page, pair.salesforceId);
    await fillAndSave(page, { Title: "Chief Engineer", Phone: "+81 3 5555 0142" });

    await checkNow(page);

    await openInHubspot(page, pair.hubspotId);
    await expectFields(page, { "Job title": "Chief Engineer", "Phone number": "+81 3 5555 0142" });
    await openRecord(page, pair.id);
    await expect(syncCard(page)).toContainText(/because .*changed in Salesforce/);
    await expect(timeline(page)).toContainText(/Engineer\s*→\s*Chief Engineer/);
  });

  test("a new HubSpot contact becomes one lead", async ({ page, app }) => {
    const person = inventPerson();
    await page.goto(`${environment.hubspot()}/contacts/new`);
    await page.getByLabel("Email", { exact: true }).fill(person.email);
    await page.getByLabel("First name").fill(person.firstname);
    await page.getByLabel("Last name").fill(person.lastname);
    await page.getByLabel("Company name").fill(person.company);
    await page.getByRole("button", { name: "Save" }).click();

    await expect(async () => {
      await checkNow(page);
      await page.goto(`${environment.salesforce()}/?object=Lead&q=${encodeURIComponent(person.email)}`);
      await expect(page.getByText("1 leads")).toBeVisible({ timeout: 1_000 });
    }).toPass();

    await page.getByRole("link", { name: `${person.firstname} ${person.lastname}` }).click();
    await expectFields(page, { Email: person.email, Company: person.company });
    const record = await app.findRecord(person.email);
    await openRecord(page, record?.id ?? "");
    await expect(timeline(page)).toContainText("Created in Salesforce");
    await expect(page.getByText("Salesforce lead ID")).toBeVisible();
  });

  test("a new lead becomes one HubSpot contact", async ({ page }) => {
    const person = inventPerson();
    await page.goto(`${environment.salesforce()}/new/Lead`);
    await page.getByLabel("First Name").fill(person.firstname);
    await page.getByLabel("Last Name").fill(person.lastname);
    await page.getByLabel("Company", { exact: true }).fill(person.company);
    await page.getByLabel("Email", { exact: true }).fill(person.email);
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page.getByRole("status")).toContainText("Saved");

    await checkNow(page);

    await page.goto(`${environment.hubspot()}/?q=${encodeURIComponent(person.email)}`);
    await expect(page.getByText("1 contacts")).toBeVisible();
    await page.getByRole("link", { name: `${person.firstname} ${person.lastname}` }).click();
    await expectFields(page, { Email: person.email, "Company name": person.company });
  });
});
