import { expect, type Locator, type Page } from "@playwright/test";

/** Overview → *Check now* → until it says that the check has finished. */
export async function checkNow(page: Page): Promise<void> {
  await page.goto("/");
  await page.getByRole("button", { name: "Check now" }).click();
  await expect(page.getByText("Check finished")).toBeVisible({ timeout: 30_000 });
}

/** Opens a record's page and waits until its card is there. */
export async function openRecord(page: Page, id: string): Promise<void> {
  await page.goto(`/contacts/${id}`);
  await expect(page.getByRole("heading", { name: "Salesforce sync", exact: true })).toBeVisible();
}

/** Presses *Sync now* on the record's page and waits for the toast with this beginning. */
export async function syncNow(page: Page, told: string | RegExp): Promise<void> {
  await page.getByRole("button", { name: "Sync now" }).click();
  await expect(page.getByText(told).first()).toBeVisible();
}

/** What *Sync now* tells after an edit; the check that runs by itself may have carried it over a moment before. */
export const CARRIED_OVER = /^(1 field updated|Nothing to change)/;

/** The record's state pill beside its name. */
export function statePill(page: Page, state: string): Locator {
  return page.locator("main header").getByText(state, { exact: true });
}

/** The timeline card of the record's page. */
export function timeline(page: Page): Locator {
  return page.getByRole("region", { name: "Timeline" });
}

/** The sync card of the record's page. */
export function syncCard(page: Page): Locator {
  return page.getByRole("region", { name: "Salesforce sync" });
}
