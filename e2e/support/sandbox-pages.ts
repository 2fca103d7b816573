import { expect, type Page } from "@playwright/test";
import { environment } from "./environment";

/** The portal's id stands in every address of a HubSpot record. */
const PORTAL_ID = "48201337";

/** Opens a contact's page in the simulated HubSpot. */
export async function openInHubspot(page: Page, id: string): Promise<void> {
  await page.goto(`${environment.hubspot()}/contacts/${PORTAL_ID}/record/0-1/${id}`);
}

/** Opens a lead's or contact's page in the simulated Salesforce. */
export async function openInSalesforce(page: Page, id: string): Promise<void> {
  await page.goto(`${environment.salesforce()}/${id}`);
}

/** Fills fields by their labels and saves, as a person does on either sandbox's pages. */
export async function fillAndSave(page: Page, values: Record<string, string>): Promise<void> {
  for (const [label, value] of Object.entries(values)) await page.getByLabel(label, { exact: true }).fill(value);
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("status")).toContainText("Saved");
}

/** Expects values in the fields with these labels on the page that is open. */
export async function expectFields(page: Page, values: Record<string, string>): Promise<void> {
  for (const [label, value] of Object.entries(values)) {
    await expect(page.getByLabel(label, { exact: true })).toHaveValue(value);
  }
}
