import { expect, type Page } from "@playwright/test";
import { becomeOnlooker } from "./support/onlooker";
import { makePair } from "./support/people";
import { openInHubspot, openInSalesforce } from "./support/sandbox-pages";
import { test } from "./support/test";
import { checkNow, openRecord, statePill } from "./support/walks";

const LOST = "HubSpot no longer accepts the sign-in";

/** Connection → HubSpot's *Reconnect* → HubSpot's own consent page → back. */
async function reconnectHubspot(page: Page): Promise<void> {
  await page.goto("/connection");
  await page.getByRole("region", { name: "HubSpot" }).getByRole("button", { name: "Reconnect" }).click();
  await expect(page.getByRole("heading", { name: "Connect an app to HubSpot" })).toBeVisible();
  await page.getByRole("button", { name: "Connect", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Connection" })).toBeVisible();
}

test.describe("When a CRM does not answer as it should", () => {
  test.afterEach(async ({ page, app, salesforce }) => {
    await salesforce.setFaults([]);
    if ((await app.readOverview()).connection.status === "suspended") await reconnectHubspot(page);
  });

  test("an expired access token is renewed without anybody noticing", async ({ page, app, hubspot }) => {
    const pair = await makePair({ app, hubspot });
    await hubspot.act("expireTokens");
    await hubspot.act("updateContact", { id: pair.hubspotId, properties: { city: "Nagoya" } });
    await app.checkUntil(pair.email, "in_sync");
    await expect(async () => {
      await checkNow(page);
      await openInSalesforce(page, pair.salesforceId);
      await expect(page.getByLabel("City", { exact: true })).toHaveValue("Nagoya", { timeout: 1_000 });
    }).toPass();
    await page.goto("/");
    await expect(page.getByText(LOST)).toHaveCount(0);
  });

  test("a lost sign-in is told on every page, work waits, and Reconnect lets it go on", async ({
    page,
    app,
    hubspot,
  }) => {
    const pair = await makePair({ app, hubspot });
    await hubspot.act("revokeTokens");
    await page.goto("/");
    await page.getByRole("button", { name: "Check now" }).click();
    await expect(page.getByText(LOST)).toBeVisible();
    await expect(page.getByRole("heading", { level: 1 })).toContainText("Syncing is paused");
    await hubspot.act("updateContact", { id: pair.hubspotId, properties: { city: "Matsumoto" } });

    for (const path of ["/contacts", "/mappings", "/connection", `/contacts/${pair.id}`]) {
      await page.goto(path);
      await expect(page.getByText(LOST)).toBeVisible();
      await expect(page.getByText("Reconnect HubSpot. Changes queue up meanwhile; nothing is lost.")).toBeVisible();
    }
    await page.getByRole("button", { name: "Sync now" }).click();
    await expect(page.getByText("The connection is paused", { exact: true })).toBeVisible();
    await page.getByRole("link", { name: "Reconnect HubSpot" }).click();
    await expect(page.getByText("Needs attention")).toBeVisible();

    await reconnectHubspot(page);
    await expect(page.getByText(LOST)).toHaveCount(0);
    await expect(page.getByText("Sync is on")).toBeVisible();
    await expect(async () => {
      await checkNow(page);
      await openInSalesforce(page, pair.salesforceId);
      await expect(page.getByLabel("City", { exact: true })).toHaveValue("Matsumoto", { timeout: 1_000 });
    }).toPass();
  });

  test("access that is declined on HubSpot's page is told, and nothing changes", async ({ page, app }) => {
    await page.goto("/connection");
    await page.getByRole("region", { name: "HubSpot" }).getByRole("button", { name: "Reconnect" }).click();
    await page.getByRole("button", { name: "Cancel" }).click();
    await expect(page.getByText("Access was declined")).toBeVisible();
    expect((await app.readOverview()).connection.status).toBe("active");
  });

  test("while Salesforce is down nothing is lost, and afterwards it syncs", async ({
    page,
    app,
    hubspot,
    salesforce,
  }) => {
    // Two goes that wait out an outage, and the checks after it
    test.setTimeout(150_000);
    const pair = await makePair({ app, hubspot });
    await salesforce.setFaults([{ match: { path: "/services/data" }, do: { status: 503 } }]);
    await hubspot.act("updateContact", { id: pair.hubspotId, properties: { city: "Kanazawa" } });
    await page.goto("/");
    await page.getByRole("button", { name: "Check now" }).click();
    await expect(page.getByText("Check did not finish")).toBeVisible({ timeout: 45_000 });
    await openRecord(page, pair.id);
    await page.getByRole("button", { name: "Sync now" }).click();
    await expect(page.getByText("A CRM did not answer")).toBeVisible({ timeout: 45_000 });

    await salesforce.setFaults([]);
    await app.checkUntil(pair.email, "in_sync");
    await expect(async () => {
      await checkNow(page);
      await openInSalesforce(page, pair.salesforceId);
      await expect(page.getByLabel("City", { exact: true })).toHaveValue("Kanazawa", { timeout: 1_000 });
    }).toPass();
    await openInHubspot(page, pair.hubspotId);
    await expect(page.getByLabel("City", { exact: true })).toHaveValue("Kanazawa");
    await openRecord(page, pair.id);
    await expect(statePill(page, "In sync")).toBeVisible();
  });
});

test.describe("Who may only look", () => {
  test("finds nothing to press that would be refused, and is told who may", async ({ page, app }) => {
    await becomeOnlooker(page, app);
    await page.goto("/connection");
    await expect(page.getByText("Only administrators can change the connection.")).toBeVisible();
    for (const name of ["HubSpot", "Salesforce"]) {
      await expect(
        page.getByRole("region", { name, exact: true }).getByRole("button", { name: /ect|Switch/ }),
      ).toHaveCount(0);
    }
    await page.goto("/activities");
    await expect(page.getByText("Only administrators can change these settings.")).toBeVisible();
    await expect(page.getByRole("link", { name: "Import past activities" })).toHaveCount(0);
  });
});

test.describe("Another Salesforce org", () => {
  test("what is put aside is told first; sandbox, production or a domain; a wrong one is refused at its field", async ({
    page,
  }) => {
    await page.goto("/connection");
    const side = page.getByRole("region", { name: "Salesforce", exact: true });
    await side.getByRole("button", { name: "Switch org" }).click();
    const dialog = page.getByRole("dialog", { name: "Switch to another Salesforce org?" });
    await expect(dialog.getByText(/Links, history and errors with .+ are put aside/)).toBeVisible();
    await dialog.getByText("Sandbox", { exact: true }).click();
    await expect(dialog.getByText("test.salesforce.com")).toBeVisible();
    await dialog.getByText("My Domain", { exact: true }).click();
    await dialog.getByLabel("My Domain of the org").fill("acme.example.com");
    await dialog.getByRole("button", { name: "Sign in to the other org" }).click();
    await expect(dialog.getByLabel("My Domain of the org")).toHaveAttribute("aria-invalid", "true");
    await expect(dialog.getByText(/Enter an address at which Salesforce signs people in/)).toBeVisible();

    // Where it goes, without going there.
    await page.route("https://test.salesforce.com/**", (route) =>
      route.fulfill({ contentType: "text/html", body: "<h1>Sign-in for sandboxes</h1>" }),
    );
    await dialog.getByText("Sandbox", { exact: true }).click();
    await dialog.getByRole("button", { name: "Sign in to the other org" }).click();
    await expect(page.getByRole("heading", { name: "Sign-in for sandboxes" })).toBeVisible();
  });
});
