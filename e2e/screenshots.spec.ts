import { expect, type Page } from "@playwright/test";
import type { UpdateRule } from "@/lib/decide/record-types";
import type { AppApi } from "./support/app-api";
import { environment } from "./support/environment";
import { cureFailing, makeFailing } from "./support/failing";
import type { Pair } from "./support/people";
import { test } from "./support/test";

const WIDE = { width: 1440, height: 900 };
const NARROW = { width: 390, height: 844 };
const LANGUAGES = ["en", "ja"] as const;
const LOOKS = LANGUAGES.flatMap((language) =>
  (["light", "dark"] as const).flatMap((theme) =>
    ([WIDE, NARROW] as const).map((viewport) => ({ language, theme, viewport })),
  ),
);
const DETAILS = /View error details|エラーの詳細を表示/;

/** Which pictures stand in the README. */
const README = "docs/images";

/** The picture of the mappings shows more than the default rule. */
const RULES_SHOWN: Record<string, UpdateRule> = {
  phone: "two_way",
  mobilephone: "prefer_hubspot",
  jobtitle: "two_way",
  website: "always_hubspot",
  address: "always_salesforce",
};

async function setRules(app: AppApi, rules: Record<string, UpdateRule>): Promise<void> {
  for (const [name, rule] of Object.entries(rules)) await app.setRule(name, rule);
}

async function setLook(page: Page, language: string, theme: string): Promise<void> {
  await page.context().addCookies([
    { name: "NEXT_LOCALE", value: language, url: environment.app() },
    { name: "KAKEHASHI_THEME", value: theme, url: environment.app() },
  ]);
}

async function waitUntilDrawn(page: Page): Promise<void> {
  // Not by role: behind an open editor the page is hidden from assistive technology.
  await expect(page.locator("h1").first()).toBeAttached();
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
  await page.waitForLoadState("networkidle");
}

async function openEditor(page: Page): Promise<void> {
  await page.goto("/mappings");
  await page.locator("[data-row]").nth(5).click();
  await expect(page.getByRole("dialog").getByRole("radio").first()).toBeVisible();
}

async function openError(page: Page, pair: Pair): Promise<void> {
  await page.goto(`/contacts/${pair.id}`);
  await page.getByRole("button", { name: DETAILS }).click();
}

// Looking at pictures is a person's work: `npm run screenshots` makes them, the other runs do not.
if (process.env.npm_lifecycle_event === "screenshots") {
  test.describe("Pictures", () => {
    test.describe.configure({ timeout: 240_000 });
    let pair: Pair;
    test.beforeEach(async ({ app, hubspot, salesforce }, { title }) => {
      // An address that looks like one; each test has its own.
      const email = `${title.startsWith("those") ? "noriko.hayashida" : "n.hayashida"}@harbour-hill.example`;
      pair = await makeFailing({ app, hubspot, salesforce }, { firstname: "Noriko", lastname: "Hayashida", email });
    });
    test.afterEach(({ app, hubspot, salesforce }) => cureFailing({ app, hubspot, salesforce }, pair));

    test("every page, wide and narrow, light and dark, in both languages", async ({ page, app }) => {
      const synced = (await app.readOverview()).runs.length > 0 ? await findInSync(page) : "";
      const views: Record<string, () => Promise<unknown>> = {
        overview: () => page.goto("/"),
        contacts: () => page.goto("/contacts"),
        "contacts-empty": () => page.goto("/contacts?search=zzqqxx&state=failing"),
        "contacts-excluded": () => page.goto("/contacts?state=excluded"),
        companies: () => page.goto("/companies"),
        deals: () => page.goto("/deals"),
        "record-failing": () => openError(page, pair),
        "record-in-sync": () => page.goto(`/contacts/${synced}`),
        "record-missing": () => page.goto("/contacts/not-an-id"),
        lists: () => page.goto("/lists?list=1"),
        inclusion: () => page.goto("/inclusion"),
        runs: () => page.goto("/runs"),
        "runs-jobs": () => page.goto("/runs?tab=jobs"),
        "runs-import": () => page.goto("/runs?import=salesforce"),
        mappings: () => page.goto("/mappings"),
        "mapping-editor": () => openEditor(page),
        owners: () => page.goto("/owners"),
        stages: () => page.goto("/stages"),
        connection: () => page.goto("/connection"),
        setup: () => page.goto("/setup"),
        "setup-permissions": () => page.goto("/setup?step=permissions"),
        "setup-mappings": () => page.goto("/setup?step=mappings"),
        health: () => page.goto("/health"),
        "health-error": () => page.goto("/health?type=validation_rule&object=contact&side=salesforce"),
        conflicts: () => page.goto("/conflicts"),
        "settings-sync": () => page.goto("/settings/sync"),
        "settings-config": () => page.goto("/settings/config"),
        "settings-users": () => page.goto("/settings/users"),
        "settings-api-keys": () => page.goto("/settings/api-keys"),
        "settings-audit": () => page.goto("/settings/audit"),
        "settings-notifications": () => page.goto("/settings/notifications"),
        "settings-preferences": () => page.goto("/settings/preferences"),
        "not-found": () => page.goto("/no-such-page"),
      };
      for (const { language, theme, viewport } of LOOKS) {
        await page.setViewportSize(viewport);
        await setLook(page, language, theme);
        for (const [name, open] of Object.entries(views)) {
          await open();
          await waitUntilDrawn(page);
          const size = viewport === WIDE ? "wide" : "narrow";
          await page.screenshot({ path: `screenshots/${name}-${size}-${theme}-${language}.png` });
        }
      }
    });

    test("those of the README", async ({ page, app }) => {
      await page.setViewportSize(WIDE);
      for (const language of LANGUAGES) {
        await setLook(page, language, "light");
        await openError(page, pair);
        await waitUntilDrawn(page);
        await page.screenshot({ path: `${README}/record-${language}.png` });
      }
      await setLook(page, "en", "light");
      await setRules(app, RULES_SHOWN);
      for (const [name, path] of [
        ["overview", "/"],
        ["mappings", "/mappings"],
      ]) {
        await page.goto(path ?? "/");
        await waitUntilDrawn(page);
        await page.screenshot({ path: `${README}/${name}-en.png` });
      }
      await setRules(app, Object.fromEntries(Object.keys(RULES_SHOWN).map((name) => [name, "prefer_salesforce"])));
    });
  });

  test.describe("Pictures of who is not signed in", () => {
    test.use({ storageState: { cookies: [], origins: [] } });
    test("the sign-in page", async ({ page }) => {
      for (const { language, theme, viewport } of LOOKS) {
        await page.setViewportSize(viewport);
        await setLook(page, language, theme);
        await page.goto("/sign-in");
        const size = viewport === WIDE ? "wide" : "narrow";
        await page.screenshot({ path: `screenshots/sign-in-${size}-${theme}-${language}.png` });
      }
    });
  });
}

/** The id of somebody in sync, from the list as it is shown. */
async function findInSync(page: Page): Promise<string> {
  await page.goto("/contacts?state=in_sync");
  const row = page.getByRole("row").nth(1);
  await expect(row).toBeVisible();
  return ((await row.getAttribute("id")) ?? "").replace("record-", "");
}
