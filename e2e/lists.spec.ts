import { expect, type Locator, type Page } from "@playwright/test";
import { environment } from "./support/environment";
import { inventListName, makeStaticList } from "./support/lists";
import { inventPerson } from "./support/people";
import type { Sandbox } from "./support/sandbox";
import { test } from "./support/test";

/** Slow enough that a job is still under way after a reload and in a second browser, ms a call of Salesforce. */
const SLOW_MS = 8_000;

/** A list of people whom only HubSpot knows. */
async function makeNewPeople(hubspot: Sandbox, count: number): Promise<{ name: string; emails: string[] }> {
  const people = Array.from({ length: count }, inventPerson);
  for (const properties of people) await hubspot.act("createContact", { properties });
  const name = inventListName("Trade fair");
  const emails = people.map((person) => person.email);
  await makeStaticList(hubspot, name, emails);
  return { name, emails };
}

const rowOf = (page: Page, name: string): Locator => page.getByRole("listitem").filter({ hasText: name });

async function findList(page: Page, name: string): Promise<Locator> {
  await page.goto("/lists");
  await page.getByLabel("Search lists").fill(name);
  const row = rowOf(page, name).first();
  await expect(row).toBeVisible();
  return row;
}

async function preview(row: Locator): Promise<void> {
  await row.getByRole("button", { name: /^Sync now/ }).click();
  await expect(row.getByText(/to create|already the same/)).toBeVisible({ timeout: 60_000 });
}

test.describe("Lists", () => {
  test("U4, X1: a list is previewed, carried out, and its members stand in Salesforce", async ({
    page,
    hubspot,
    salesforce,
  }) => {
    const { name, emails } = await makeNewPeople(hubspot, 2);
    const row = await findList(page, name);
    await expect(row).toContainText("Static");
    await preview(row);
    await expect(row.getByText("2 to create")).toBeVisible();
    await row.getByRole("button", { name: "Show records" }).click();
    await expect(row.getByText("Create in Salesforce")).toHaveCount(2);
    await expect(row.getByText("Harbour & Hill Trading").first()).toBeVisible();
    const asked = emails.map((email) => `'${email}'`).join(",");
    const leads = () => salesforce.query(`SELECT Id FROM Lead WHERE Email IN (${asked})`);
    expect(await leads()).toHaveLength(0);

    await row.getByRole("button", { name: "Carry out 2" }).click();
    await expect(row.getByText("2 created")).toBeVisible();
    expect(await leads()).toHaveLength(2);
    await page.reload();
    await expect(rowOf(page, name).first().getByText("2 created")).toBeVisible();
  });

  test("U4: a job's bar is there again after a reload and in another browser, which may cancel it", async ({
    page,
    browser,
    hubspot,
    salesforce,
    signedIn,
  }) => {
    const { name } = await makeNewPeople(hubspot, 3);
    const row = await findList(page, name);
    await preview(row);
    await salesforce.setLatency(SLOW_MS);
    await row.getByRole("button", { name: /^Carry out/ }).click();
    const bar = (where: Locator) => where.getByRole("progressbar", { name: "Progress of the job" });
    await expect(bar(row)).toBeVisible();
    await page.reload();
    await expect(bar(rowOf(page, name).first())).toBeVisible();

    const context = await browser.newContext({ storageState: signedIn, baseURL: environment.app() });
    const theirs = await context.newPage();
    await theirs.goto("/runs?tab=jobs");
    const job = rowOf(theirs, name).first();
    await expect(bar(job)).toBeVisible();
    await job.getByRole("button", { name: "Cancel" }).click();
    await expect(job.getByText("Cancelled by")).toBeVisible();
    await expect(rowOf(page, name).first().getByText("Cancelled by")).toBeVisible();
    await context.close();
  });

  test("nothing to write is said in words and cannot be carried out; putting it away leaves no trace", async ({
    page,
    app,
    hubspot,
  }) => {
    const { name, emails } = await makeNewPeople(hubspot, 1);
    await app.checkUntil(emails[0] ?? "", "in_sync");
    const row = await findList(page, name);
    await preview(row);
    await expect(row.getByText("1 already the same")).toBeVisible({ timeout: 20_000 });
    await expect(row.getByRole("button", { name: /^Carry out/ })).toHaveCount(0);
    await row.getByRole("button", { name: "Put away" }).click();
    await expect(page).not.toHaveURL(/preview=/);
    await expect(row.getByRole("button", { name: /^Sync now/ })).toBeEnabled();
  });

  test("while HubSpot is away the page says so, and goes on when it is back", async ({ page, hubspot }) => {
    await hubspot.setFaults([{ match: { path: "/crm/lists" }, do: { status: 503 } }]);
    await page.goto("/lists");
    const again = page.getByRole("main").getByRole("button", { name: "Try again" });
    await expect(again).toBeVisible({ timeout: 40_000 });
    await expect(page.getByText("The CRM did not answer")).toBeVisible();
    await hubspot.setFaults([]);
    await again.click();
    await expect(page.getByRole("button", { name: /^Sync now/ }).first()).toBeVisible();
  });

  test("a search without a match names what was searched; in Japanese the page speaks Japanese", async ({ page }) => {
    await page.goto("/lists?search=zzqqxx");
    await expect(page.getByText("No list is called “zzqqxx”")).toBeVisible();
    await page.context().addCookies([{ name: "NEXT_LOCALE", value: "ja", url: environment.app() }]);
    await page.goto("/lists");
    await expect(page.getByRole("heading", { level: 1, name: "リスト" })).toBeVisible();
    await expect(page.getByRole("button", { name: /^今すぐ同期/ }).first()).toBeVisible();
  });
});
