import { expect, type Page } from "@playwright/test";
import { environment } from "./support/environment";
import { cureFailing, makeFailing, REFUSAL } from "./support/failing";
import type { Pair } from "./support/people";
import { test } from "./support/test";

/** Sentences of the interface; names, ids, addresses and the CRMs' own words may stay as they are. */
const ENGLISH =
  /\b(the|and|with|from|sync now|check now|contacts?|mappings?|overview|connection|failing|excluded|waiting|ago|last|next|search|values?|records?)\b/i;

/** Lines of the page's main part that read as English. What a CRM calls its fields and says itself is no text of ours. */
async function listEnglish(page: Page, foreign: readonly string[]): Promise<string[]> {
  const text = (await page.getByRole("main").allInnerTexts()).join("\n");
  const lines = text.split("\n").map((line) => line.trim());
  return lines.filter((line) => ENGLISH.test(line) && !foreign.some((known) => line.includes(known)));
}

test.describe("In Japanese", () => {
  test.beforeEach(({ context }) => context.addCookies([{ name: "NEXT_LOCALE", value: "ja", url: environment.app() }]));

  test("the language is switched in the menu and stays after a reload", async ({ page, context }) => {
    await context.addCookies([{ name: "NEXT_LOCALE", value: "en", url: environment.app() }]);
    await page.goto("/");
    await page.getByRole("button", { name: /^Account:/ }).click();
    await page.getByRole("menuitemradio", { name: "日本語" }).click();
    await expect(page.getByRole("button", { name: "今すぐ確認" })).toBeVisible();
    await page.reload();
    await expect(page.locator("html")).toHaveAttribute("lang", "ja");
    await expect(page.getByText("最近の実行")).toBeVisible();
    // The choice is kept with the account, which the other tests share.
    const origin = environment.app();
    const saved = await page.request.patch(`${origin}/api/me`, { headers: { origin }, data: { language: "en" } });
    expect(saved.ok()).toBe(true);
  });

  test("overview, contacts and mappings speak Japanese", async ({ page }) => {
    await page.goto("/");
    await expect(page.getByRole("heading", { name: "1時間ごとの変更" })).toBeVisible();
    expect(await listEnglish(page, [])).toEqual([]);

    await page.goto("/mappings");
    await expect(page.getByRole("heading", { level: 1, name: "フィールドマッピング" })).toBeVisible();
    await expect(page.getByText("空白でない限りSalesforceを優先").first()).toBeVisible();
    await page.getByRole("button", { name: /^「Job Title」のマッピングを編集/ }).click();
    await expect(page.getByRole("dialog").getByText("双方向", { exact: true })).toBeVisible();

    await page.goto("/contacts?search=zzqqxx");
    await expect(page.getByRole("heading", { level: 1, name: "コンタクト" })).toBeVisible();
    await expect(page.getByText("「zzqqxx」")).toBeVisible();
    expect(await listEnglish(page, [])).toEqual([]);

    await page.goto("/connection");
    await expect(page.getByText("接続済み").first()).toBeVisible();
    expect(await listEnglish(page, ["Sandbox", "Last Name"])).toEqual([]);
  });

  test.describe("a refused record", () => {
    let pair: Pair;
    test.beforeEach(async ({ app, hubspot, salesforce }) => {
      pair = await makeFailing({ app, hubspot, salesforce });
    });
    test.afterEach(({ app, hubspot, salesforce }) => cureFailing({ app, hubspot, salesforce }, pair));

    test("tells cause and cure in Japanese, with Salesforce's own words as they came", async ({ page }) => {
      await page.goto(`/contacts/${pair.id}`);
      await expect(
        page.getByText("同期されていません：Salesforceの入力規則により「Title」が拒否されました"),
      ).toBeVisible();
      await page.getByRole("button", { name: "エラーの詳細を表示" }).click();
      await expect(page.getByText("Salesforceが組織の入力規則に照らして値を確認し")).toBeVisible();
      await expect(page.getByText("規則に合うようにHubSpotの値を修正してください")).toBeVisible();
      await expect(page.getByText(REFUSAL).first()).toBeVisible();
      await expect(page.getByRole("button", { name: "今すぐ同期" })).toBeVisible();
      // Year, month, day in the order of the language: 2026/11/23
      await expect(page.locator("time").first()).toHaveAttribute("title", /^\d{4}\/\d{2}\/\d{2} /);
      const labels = ["Title", "Name", "Email", "Company", "Owner", "Last", "First", "Contact owner", REFUSAL];
      expect(await listEnglish(page, labels)).toEqual([]);
    });
  });
});
