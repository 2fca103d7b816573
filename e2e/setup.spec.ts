import { readFile } from "node:fs/promises";
import { expect, type Page } from "@playwright/test";
import type { ConnectionView } from "@/lib/contracts/connection";
import { expectNoViolations } from "./support/axe";
import { environment } from "./support/environment";
import { test } from "./support/test";

const STEPS = [
  "HubSpot",
  "Salesforce",
  "Permissions",
  "Objects",
  "New records",
  "Who syncs",
  "Fields",
  "Preview",
  "Turn on",
];

async function readConnection(page: Page): Promise<ConnectionView> {
  return (await (await page.request.get("/api/connection")).json()) as ConnectionView;
}

async function patchSettings(page: Page, change: object): Promise<void> {
  const { version } = (await readConnection(page)).settings;
  const headers = { origin: environment.app() };
  const answer = await page.request.patch("/api/connection/settings", { headers, data: { version, ...change } });
  expect(answer.status()).toBe(200);
}

test.describe("Set-up on an installation that is on", () => {
  test("says that all is set and lets one walk through every step", async ({ page }) => {
    await page.goto("/setup");
    await expect(page.getByText("All set: syncing is on.")).toBeVisible();
    await expect(page.getByRole("heading", { level: 2, name: "Turn on" })).toBeVisible();
    const rail = page.getByRole("navigation", { name: "Steps" });
    for (const name of STEPS) {
      await rail.getByRole("button", { name }).click();
      await expect(rail.getByRole("button", { name })).toHaveAttribute("aria-current", "step");
      await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
    }
    await page.goto("/setup?step=permissions");
    await page.getByRole("button", { name: "Continue" }).click();
    await expect(page).toHaveURL(/step=objects/);
    await page.reload();
    await expect(page.getByRole("heading", { name: "Choose what syncs" })).toBeVisible();
    await page.getByRole("button", { name: "Back" }).click();
    await expect(page).toHaveURL(/step=permissions/);
  });

  test("X1: the preview counts from both sides, survives a reload and writes nothing", async ({ page }) => {
    await page.goto("/setup?step=preview");
    await page.getByRole("button", { name: "Preview", exact: true }).last().click();
    const result = page.getByRole("region", { name: "What turning on would do" });
    await expect(result.getByText("Contacts from HubSpot")).toBeVisible();
    await page.reload();
    await expect(result.getByText("Leads and contacts from Salesforce")).toBeVisible();
    await expect(result.getByRole("progressbar")).toHaveCount(0, { timeout: 60_000 });
    await expect(result.getByRole("button", { name: /Carry out/ })).toHaveCount(0);
  });

  test("in Japanese, on a phone", async ({ page, context }) => {
    await context.addCookies([{ name: "NEXT_LOCALE", value: "ja", url: environment.app() }]);
    await page.setViewportSize({ width: 390, height: 844 });
    for (const step of [
      "salesforce",
      "permissions",
      "objects",
      "creation",
      "inclusion",
      "mappings",
      "preview",
      "turn_on",
    ]) {
      await page.goto(`/setup?step=${step}`);
      await expect(page.getByRole("heading", { level: 1, name: "初期設定" })).toBeVisible();
      await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
      const overflows = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
      expect(overflows, `${step} is wider than the phone`).toBe(false);
      await expectNoViolations(page, step);
    }
  });
});

test.describe("Permissions", () => {
  test.afterEach(async ({ salesforce }) => {
    await salesforce.act("setFieldPermission", { object: "Lead", field: "Title", readable: true, editable: true });
  });

  test("X9: a field that may not be edited is named with its cure, until it is granted", async ({
    page,
    salesforce,
  }) => {
    await salesforce.act("setFieldPermission", { object: "Lead", field: "Title", readable: true, editable: false });
    await page.goto("/connection");
    const card = page.getByRole("region", { name: "Permissions" });
    await expect(card.getByText("Title: the user may not edit this field")).toBeVisible();
    await expect(card.getByText("What HubSpot holds in jobtitle never reaches it.")).toBeVisible();
    await expect(card.getByText(/Object Settings → Leads → Field Permissions → Title → Edit/)).toBeVisible();
    await salesforce.act("setFieldPermission", { object: "Lead", field: "Title", readable: true, editable: true });
    await card.getByRole("button", { name: "Check again" }).click();
    await expect(card.getByText("Nothing is missing for what is set to sync.")).toBeVisible();
  });

  test("a Salesforce that does not answer is told, and asked again", async ({ page, salesforce }) => {
    await salesforce.setFaults([{ match: { path: "/services/data" }, do: { status: 503 } }]);
    await page.goto("/connection");
    const card = page.getByRole("region", { name: "Permissions" });
    await expect(card.getByText("The CRM did not answer")).toBeVisible();
    await salesforce.setFaults([]);
    await card.getByRole("button", { name: "Try again" }).click();
    await expect(card.getByText("Nothing is missing for what is set to sync.")).toBeVisible();
  });
});

test.describe("Connection settings", () => {
  test.afterEach(({ page }) =>
    patchSettings(page, { brakeAt: null, leadOrContactRules: [], contactToHubSpot: "create" }),
  );

  test("T19: after a changed creation setting, existing records may follow, after a preview", async ({ page }) => {
    await page.goto("/connection");
    const row = page.getByRole("group", { name: "Salesforce contact without a HubSpot contact" });
    await row.getByText("Do nothing").click();
    await page.getByRole("button", { name: "Save changes" }).click();
    await expect(page.getByText(/existing records follow the new settings\?/)).toBeVisible();
    await page.reload();
    await expect(page.getByText(/existing records follow the new settings\?/)).toBeVisible();
    await page.getByRole("button", { name: /^Preview/ }).click();
    await expect(page.getByText(/existing records follow the new settings\?/)).toHaveCount(0);
    await expect(page.getByRole("button", { name: "Put away" })).toBeVisible({ timeout: 60_000 });
    await page.getByRole("button", { name: "Put away" }).click();
    expect((await readConnection(page)).settings.contactToHubSpot).toBe("nothing");
  });

  test("C1: a choice in the set-up is kept, also when one leaves the step by another way than Continue", async ({
    page,
  }) => {
    await page.goto("/setup?step=creation");
    const row = page.getByRole("group", { name: "Salesforce contact without a HubSpot contact" });
    await row.getByText("Do nothing").click();
    await expect(page.getByRole("button", { name: "Save and continue" })).toBeVisible();
    await page.getByRole("navigation", { name: "Steps" }).getByRole("button", { name: "Fields" }).click();
    await expect(page).toHaveURL(/step=mappings/);
    expect((await readConnection(page)).settings.contactToHubSpot).toBe("nothing");
  });

  test("C4: the brake takes whole numbers only, and is kept", async ({ page }) => {
    await page.goto("/connection");
    await page.getByLabel("Ask before mass changes").check();
    const limit = page.getByLabel("Records in one run");
    await limit.fill("many");
    await expect(page.getByText("Enter a whole number from 1 to 10,000,000.")).toBeVisible();
    await limit.fill("2500");
    await page.getByRole("button", { name: "Save changes" }).click();
    await expect(page.getByText("Settings saved")).toBeVisible();
    expect((await readConnection(page)).settings.brakeAt).toBe(2500);
  });

  test("C2: a rule without a field is refused at its place, a whole one is kept", async ({ page }) => {
    await page.goto("/connection");
    const rules = page.getByRole("region", { name: "Lead or contact" });
    await rules.getByRole("button", { name: "Add rule" }).click();
    await page.getByRole("button", { name: "Save changes" }).click();
    await expect(page.getByText("Some values cannot be saved")).toBeVisible();
    await expect(rules.locator('[aria-invalid="true"]').first()).toBeVisible();
    await rules.getByRole("combobox").first().fill("jobtitle");
    await page.getByRole("option").first().click();
    await rules.getByRole("textbox").last().fill("CEO");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Save changes" }).click();
    await expect(page.getByText("Settings saved")).toBeVisible();
    expect((await readConnection(page)).settings.leadOrContactRules).toEqual([
      { conditions: [{ field: "jobtitle", operator: "is", values: ["CEO"] }], create: "Contact" },
    ]);
  });
});

test.describe("Sync settings", () => {
  test.afterEach(({ page }) => patchSettings(page, { salesforceDailyCalls: null }));

  test("Q1: an allocation is refused with the reason or kept, with the org's limit beside it", async ({ page }) => {
    await page.goto("/settings/sync");
    await expect(page.getByText(/The org allows [\d,]+ calls in 24 hours/)).toBeVisible();
    await page.getByText("A number of my own").click();
    const calls = page.getByLabel("Calls that Kakehashi may use");
    await calls.fill("12");
    await expect(page.getByText("Enter at least 100.")).toBeVisible();
    await calls.fill("99999999");
    await expect(page.getByText("This is more than the org allows")).toBeVisible();
    await calls.fill("4321");
    await page.getByRole("button", { name: "Save changes" }).click();
    await expect(page.getByText("Settings saved")).toBeVisible();
    await expect(page.getByText(/of 4,321 calls used/)).toBeVisible();
  });
});

test.describe("Configuration file", () => {
  const choose = (page: Page, text: string) =>
    page
      .getByLabel("Choose file")
      .and(page.locator("input"))
      .setInputFiles({ name: "kakehashi.json", mimeType: "application/json", buffer: Buffer.from(text) });

  test("X5: what was exported is edited, compared and imported", async ({ page }) => {
    await page.goto("/settings/config");
    const download = page.waitForEvent("download");
    await page.getByRole("link", { name: "Download" }).click();
    const text = await readFile(await (await download).path(), "utf8");
    await choose(page, text);
    await expect(page.getByText("The file says what is set already. Nothing differs.")).toBeVisible();
    const file = JSON.parse(text) as { settings: { checkEveryMinutes: number } };
    const before = file.settings.checkEveryMinutes;
    await choose(page, JSON.stringify({ ...file, settings: { ...file.settings, checkEveryMinutes: 42 } }, null, 2));
    const row = page.getByRole("row", { name: /settings\.checkEveryMinutes/ });
    await expect(row).toContainText(String(before));
    await expect(row).toContainText("42");
    expect((await readConnection(page)).settings.checkEveryMinutes).toBe(before);
    await page.getByRole("button", { name: "Apply 1 change" }).click();
    await expect(page.getByText("1 change applied")).toBeVisible();
    expect((await readConnection(page)).settings.checkEveryMinutes).toBe(42);
    await patchSettings(page, { checkEveryMinutes: before });
  });

  test("X5: a bad file is refused with line and field, and nothing changes", async ({ page }) => {
    await page.goto("/settings/config");
    const before = (await readConnection(page)).settings;
    await choose(page, '{\n  "kakehashi": 1,\n  "from": oops\n}');
    await expect(page.getByText("Line 3")).toBeVisible();
    await expect(page.getByText("This is no valid JSON.")).toBeVisible();
    const bad = {
      kakehashi: 1,
      from: { hubspot: null, salesforce: null },
      settings: { checkEveryMinutes: 90 },
      mappings: {},
    };
    await choose(page, JSON.stringify(bad, null, 2));
    await expect(page.getByText("Line 8")).toBeVisible();
    await expect(page.getByText("settings.checkEveryMinutes")).toBeVisible();
    await expect(page.getByRole("button", { name: /^Apply/ })).toHaveCount(0);
    expect((await readConnection(page)).settings).toEqual(before);
  });
});

test.describe("Disconnected and set up again", () => {
  test("E5: settings and links stay, the set-up goes on where a side is missing, and syncing goes on by itself", async ({
    page,
  }) => {
    const before = await readConnection(page);
    await page.goto("/connection");
    const side = page.getByRole("region", { name: "Salesforce", exact: true });
    await side.getByRole("button", { name: "Disconnect" }).click();
    const dialog = page.getByRole("dialog");
    await expect(dialog.getByText(/settings, mappings and history stay here/)).toBeVisible();
    await dialog.getByRole("button", { name: "Disconnect Salesforce" }).click();
    await expect(side.getByRole("button", { name: "Connect Salesforce" })).toBeVisible();

    await page.goto("/setup");
    await expect(page.getByRole("heading", { level: 2, name: "Connect Salesforce" })).toBeVisible();
    await expect(page.getByText("Connect Salesforce to go on.")).toBeVisible();
    await expect(page.getByText("Syncing waits until HubSpot and Salesforce are both connected")).toBeVisible();
    await page.getByRole("button", { name: "Connect Salesforce" }).click();
    await page.getByRole("button", { name: /Allow/ }).click();
    await expect(page).toHaveURL(/\/setup\?connected=salesforce/);
    await expect(page.getByText("All set: syncing is on.")).toBeVisible();
    const after = await readConnection(page);
    expect(after).toMatchObject({ status: "active", turnedOnAt: before.turnedOnAt, settings: before.settings });
  });
});
