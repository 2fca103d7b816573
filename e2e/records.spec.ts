import { expect, type Page } from "@playwright/test";
import { environment } from "./support/environment";
import { inventListName, makeStaticList } from "./support/lists";
import { becomeOnlooker } from "./support/onlooker";
import { makePair, type Pair } from "./support/people";
import { test } from "./support/test";

const SEARCH = "Search name, company, email or id";

/** The rows of the list, without its head. */
function rows(page: Page) {
  return page.getByRole("row").filter({ has: page.getByRole("gridcell") });
}

/** The list of contacts narrowed to these addresses' common part. */
async function openContacts(page: Page, query: string): Promise<void> {
  await page.goto(`/contacts${query}`);
  await expect(rows(page).first()).toBeVisible();
}

async function tick(page: Page, name: string): Promise<void> {
  await page
    .getByRole("checkbox", { name: `Select ${name}`, exact: true })
    .first()
    .click();
}

test.describe("Chosen records", () => {
  let pair: Pair;
  test.beforeEach(async ({ app, hubspot }) => {
    pair = await makePair({ app, hubspot });
  });

  test("T17: those that are ticked sync at once, and the bar tells the end", async ({
    page,
    app,
    hubspot,
    salesforce,
  }) => {
    await openContacts(page, `?search=${pair.email}`);
    await hubspot.act("updateContact", { id: pair.hubspotId, properties: { jobtitle: "Bridge builder" } });
    await tick(page, pair.name);
    const bar = page.getByRole("region", { name: "Selected records" });
    await expect(bar).toContainText("1 selected");
    await bar.getByRole("button", { name: "Sync now (1)" }).click();
    const jobs = page.getByRole("list", { name: "Syncs of selected records" });
    await expect(jobs.getByText("Done")).toBeVisible({ timeout: 30_000 });
    await expect(bar).toHaveCount(0);
    const [lead] = await salesforce.query<{ Title: string }>(
      `SELECT Title FROM Lead WHERE Id = '${pair.salesforceId}'`,
    );
    expect(lead?.Title).toBe("Bridge builder");
    const { entries } = await app.readTimeline(pair.id);
    expect(entries[0]?.triggers.some(({ code }) => code === "T17")).toBe(true);
    await jobs.getByRole("button", { name: "Put away" }).click();
    await expect(jobs).toHaveCount(0);
  });

  test("Shift ticks a range, the keyboard ticks too, all that match can be ticked, Escape unticks", async ({
    page,
  }) => {
    await openContacts(page, "?state=in_sync");
    const boxes = page.getByRole("grid").getByRole("checkbox", { name: /^Select (?!all)/ });
    await boxes.nth(0).click();
    await boxes.nth(3).click({ modifiers: ["Shift"] });
    const bar = page.getByRole("region", { name: "Selected records" });
    await expect(bar).toContainText("4 selected");
    await page.getByRole("grid").focus();
    await page.keyboard.press("Home");
    await page.keyboard.press("x");
    await expect(bar).toContainText("3 selected");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Space");
    await expect(bar).toContainText("2 selected");
    const all = bar.getByRole("button", { name: /^Select all|^Select the first/ });
    // Somebody may come into sync meanwhile: then there is one more to tick.
    await expect(async () => {
      await all.click({ timeout: 1_000 }).catch(() => undefined);
      const matching = await page
        .getByRole("status")
        .filter({ hasText: /\d records$/ })
        .textContent();
      await expect(bar).toContainText(`${matching?.replace(" records", "")} selected`, { timeout: 1_000 });
    }).toPass();
    await page.getByRole("grid").focus();
    await page.keyboard.press("Escape");
    await expect(bar).toHaveCount(0);
  });

  test("a sync that the server does not take keeps what was ticked and says so", async ({ page }) => {
    await page.route("**/api/records/sync", (route) => route.abort());
    await openContacts(page, `?search=${pair.email}`);
    await tick(page, pair.name);
    await page.getByRole("button", { name: "Sync now (1)" }).click();
    await expect(page.getByText(/connection|network|answer/i).first()).toBeVisible();
    await expect(page.getByRole("checkbox", { name: `Select ${pair.name}` })).toBeChecked();
    await expect(rows(page).first()).toContainText("In sync");
  });

  test("who may only look finds nothing to tick and nothing to save", async ({ page, app }) => {
    await becomeOnlooker(page, app);
    await openContacts(page, "?state=in_sync");
    await expect(page.getByRole("checkbox")).toHaveCount(0);
    await page.getByRole("button", { name: "View: Unsaved view" }).click();
    await expect(page.getByRole("menuitem", { name: "All records" })).toBeVisible();
    await expect(page.getByRole("menuitem", { name: /Save this view/ })).toHaveCount(0);
  });
});

test.describe("Order and views", () => {
  test("the heads turn the order round, and it stands in the URL", async ({ page }) => {
    await openContacts(page, "?state=in_sync");
    const names = async () => (await rows(page).getByRole("link").allInnerTexts()).slice(0, 5);
    const before = await names();
    await page.getByRole("button", { name: "Name", exact: true }).click();
    await expect(page).toHaveURL("/contacts?state=in_sync&sort=-name");
    await expect(page.getByRole("columnheader", { name: "Name" })).toHaveAttribute("aria-sort", "descending");
    await expect.poll(names).not.toEqual(before);
    await page.getByRole("button", { name: "Last synced" }).click();
    await expect(page).toHaveURL("/contacts?state=in_sync&sort=-synced");
    const times = page.getByRole("gridcell").getByRole("time");
    const readTimes = () =>
      times.evaluateAll((all) => all.slice(0, 10).map((one) => one.getAttribute("datetime") ?? ""));
    await expect(async () => {
      const shown = await readTimes();
      expect(shown.length).toBeGreaterThan(1);
      expect(shown).toEqual(shown.toSorted().reverse());
    }).toPass({ timeout: 10_000 });
  });

  test("a view is saved under a name, opened again, renamed, deleted and put back", async ({ page }) => {
    const name = `Waiting ${Date.now().toString(36)}`;
    await openContacts(page, "?state=excluded&sort=-name");
    await page.getByRole("button", { name: "View: Unsaved view" }).click();
    await page.getByRole("menuitem", { name: "Save this view…" }).click();
    const dialog = page.getByRole("dialog", { name: "Save this view" });
    await dialog.getByRole("button", { name: "Save view" }).click();
    await expect(dialog.getByText("Enter a name.")).toBeVisible();
    await dialog.getByLabel("Name").fill(name);
    await dialog.getByRole("button", { name: "Save view" }).click();
    await expect(dialog).toHaveCount(0);

    await page.goto("/contacts");
    await page.getByRole("button", { name: "View: All records" }).click();
    await page.getByRole("menuitem", { name }).click();
    await expect(page).toHaveURL("/contacts?state=excluded&sort=-name");

    await page.getByRole("button", { name: `View: ${name}` }).click();
    await page.getByRole("menuitem", { name: "Rename…" }).click();
    await page.getByRole("dialog").getByLabel("Name").fill(`${name} again`);
    await page.getByRole("button", { name: "Rename view" }).click();
    await page.getByRole("button", { name: `View: ${name} again` }).click();
    await page.getByRole("menuitem", { name: "Delete" }).click();
    await expect(page.getByRole("button", { name: "View: Unsaved view" })).toBeVisible();
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByRole("button", { name: `View: ${name} again` }).click();
    await page.getByRole("menuitem", { name: "Delete" }).click();
    await expect(page.getByRole("button", { name: "View: Unsaved view" })).toBeVisible();
  });

  test("a second view of one name is refused beside its field, and what was typed stays", async ({ page }) => {
    const name = `Twice ${Date.now().toString(36)}`;
    const filters = { search: "", state: "due", error: null, reason: null, sort: "name" };
    const origin = environment.app();
    const made = await page.request.post(`${origin}/api/views`, {
      headers: { origin },
      data: { object: "contact", name, filters },
    });
    const { id } = (await made.json()) as { id: string };
    await openContacts(page, "?state=excluded&sort=-name");
    await page.getByRole("button", { name: "View: Unsaved view" }).click();
    await page.getByRole("menuitem", { name: "Save this view…" }).click();
    await page.getByRole("dialog").getByLabel("Name").fill(name);
    await page.getByRole("button", { name: "Save view" }).click();
    await expect(page.getByText("A view of this name is there already. Choose another name.")).toBeVisible();
    await expect(page.getByRole("dialog").getByLabel("Name")).toHaveValue(name);
    await page.request.delete(`${origin}/api/views/${id}`, { headers: { origin } });
  });
});

test.describe("Why a record does not sync", () => {
  test("a reason narrows the excluded ones and is taken away again", async ({ page, hubspot, app }) => {
    await hubspot.act("createContact", { properties: { firstname: "Ohne", lastname: "Adresse" } });
    await expect(async () => {
      await app.check();
      await openContacts(page, "?reason=no_email");
      await expect(rows(page).filter({ hasText: "Ohne Adresse" }).first()).toBeVisible({ timeout: 2_000 });
    }).toPass({ timeout: 40_000 });
    await expect(rows(page).filter({ hasNotText: "No email" })).toHaveCount(0);
    const chip = page.getByRole("group", { name: "Filter by reason" }).getByRole("button", { name: /^No email/ });
    await expect(chip).toHaveAttribute("aria-pressed", "true");
    await chip.click();
    await expect(page).toHaveURL("/contacts?state=excluded");
  });

  test("an error that nothing has says so and leads back to the failing ones", async ({ page }) => {
    await page.goto("/contacts?error=storage_full");
    await expect(page.getByText(/^No record is left with/)).toBeVisible();
    await page.getByRole("button", { name: "Show all failing" }).click();
    await expect(page).toHaveURL("/contacts?state=failing");
  });

  test("G6: any id of either CRM is explained, gate by gate, and what is no id is refused", async ({
    page,
    app,
    hubspot,
  }) => {
    const pair = await makePair({ app, hubspot });
    await page.goto("/contacts");
    await page.getByRole("button", { name: "Explain a record" }).click();
    const dialog = page.getByRole("dialog", { name: "Explain a record" });
    const id = dialog.getByLabel("Email address, HubSpot ID or Salesforce ID");
    await id.fill("Noriko");
    await dialog.getByRole("button", { name: "Explain", exact: true }).click();
    await expect(dialog.getByText(/^This holds neither an ID/)).toBeVisible();
    await id.fill(pair.salesforceId);
    await dialog.getByRole("button", { name: "Explain", exact: true }).click();
    await expect(dialog.getByText("It has an email address")).toBeVisible();
    await expect(dialog.getByText(pair.email)).toBeVisible();
    await id.fill(pair.email);
    await dialog.getByRole("button", { name: "Explain", exact: true }).click();
    await expect(dialog.getByRole("link", { name: "Open the record" })).toBeVisible();
    await id.fill("99999999999");
    await dialog.getByRole("button", { name: "Explain", exact: true }).click();
    await expect(dialog.getByText(/No such record was found|cannot see it/)).toBeVisible();
    await id.fill(`https://app.hubspot.com/contacts/1/record/0-1/${pair.hubspotId}`);
    await dialog.getByRole("button", { name: "Explain", exact: true }).click();
    await dialog.getByRole("link", { name: "Open the record" }).click();
    await expect(page.getByRole("heading", { level: 1, name: pair.name })).toBeVisible();
  });
});

test.describe("Members of a HubSpot list", () => {
  test("are shown alone with their own numbers; a record leads back to them as they were left", async ({
    page,
    app,
    hubspot,
  }) => {
    const pair = await makePair({ app, hubspot });
    const name = inventListName("Guests");
    await makeStaticList(hubspot, name, [pair.email]);
    await openContacts(page, "?state=in_sync");
    await page.getByRole("button", { name: "Filter by list" }).click();
    await page.getByRole("combobox", { name: "Search lists" }).fill(name);
    await page.getByRole("option", { name }).click();
    await expect(page.getByRole("status").filter({ hasText: "1 record" })).toBeVisible();
    await expect(page.getByRole("button", { name: "In sync 1", exact: true })).toBeVisible();
    await rows(page).first().click();
    await expect(page.getByRole("heading", { level: 1, name: pair.name })).toBeVisible();
    await page.getByRole("link", { name: "Contacts" }).last().click();
    await expect(page).toHaveURL(/state=in_sync&list=\d+/);
    await expect(page.getByText(`List: ${name}`)).toBeVisible();
    await page.getByRole("button", { name: "Clear the list filter" }).click();
    await expect(page).toHaveURL("/contacts?state=in_sync");
  });

  test("a list that is gone says so and is lifted; one nobody of whom is known leads to where it is synced", async ({
    page,
    hubspot,
  }) => {
    await page.goto("/contacts?list=987654321");
    await expect(page.getByText("This list is not in HubSpot any more")).toBeVisible();
    await page.getByRole("button", { name: "Clear the list filter" }).last().click();
    await expect(rows(page).first()).toBeVisible();
    const listId = await makeStaticList(hubspot, inventListName("Nobody"), []);
    await page.goto(`/contacts?list=${listId}`);
    await expect(page.getByText(/has been looked at yet/)).toBeVisible();
    await page.getByRole("link", { name: "Open in Lists" }).click();
    await expect(page).toHaveURL(new RegExp(`/lists\\?object=contact&list=${listId}`));
  });
});

test("a list that cannot be loaded says so, and comes after trying again", async ({ page }) => {
  let isDown = true;
  await page.route("**/api/records?*", (route) =>
    isDown ? route.fulfill({ status: 503, body: "down" }) : route.continue(),
  );
  await page.goto("/contacts");
  await expect(page.getByText("The list could not be loaded")).toBeVisible({ timeout: 30_000 });
  isDown = false;
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(rows(page).first()).toBeVisible();
});

test.describe("Companies and deals", () => {
  const before = new Map<"company" | "deal", boolean>();
  test.beforeAll(async ({ app }) => {
    const { settings } = await app.readConnection();
    for (const object of ["company", "deal"] as const) before.set(object, settings[object].on);
  });
  test.afterAll(async ({ app }) => {
    for (const [object, on] of before) await app.switchObject(object, on);
  });

  test("an object that is off says so and leads to where it is switched on", async ({ page }) => {
    const origin = environment.app();
    // Also where another test has left records of it: the list is what is looked at, not the engine.
    await page.route("**/api/records?*", async (route) => {
      const answer = await route.fetch();
      const list = (await answer.json()) as { counts: Record<string, number> };
      const counts = Object.fromEntries(Object.keys(list.counts).map((state) => [state, 0]));
      await route.fulfill({ json: { ...list, counts, rows: [], nextCursor: null, matching: 0 } });
    });
    await page.route("**/api/connection", async (route) => {
      const view = (await (await route.fetch()).json()) as { settings: { deal: object } };
      const deal = { ...view.settings.deal, on: false };
      await route.fulfill({ json: { ...view, settings: { ...view.settings, deal } } });
    });
    await page.goto(`${origin}/deals`);
    await expect(page.getByText("Deal sync is off")).toBeVisible();
    await expect(page.getByRole("link", { name: "Open the settings of deals" })).toHaveAttribute("href", "/connection");
  });

  test("P1: a company is found by its domain, with what belongs to it, under its own address", async ({
    page,
    app,
    hubspot,
  }) => {
    await app.switchObject("company", true);
    const domain = `bridge-${Date.now().toString(36)}.example`;
    const { id } = await hubspot.act<{ id: string }>("createRecord", {
      type: "companies",
      properties: { name: "Bridge Works", domain },
    });
    await expect(async () => {
      await app.check();
      await page.goto(`/companies?search=${domain}`);
      await expect(rows(page).first()).toContainText("Bridge Works", { timeout: 3_000 });
    }).toPass({ timeout: 40_000 });
    await expect(rows(page).first()).toContainText(domain);
    await rows(page).first().getByRole("link").first().click();
    await expect(page).toHaveURL(/\/companies\/[0-9a-f-]{36}$/);
    await expect(page.getByRole("heading", { level: 1, name: "Bridge Works" })).toBeVisible();
    await expect(page.getByText("HubSpot company ID")).toBeVisible();
    await expect(page.getByText(id, { exact: true })).toBeVisible();
    // The same record under another object's address moves to its own
    await page.goto(page.url().replace("/companies/", "/contacts/"));
    await expect(page).toHaveURL(/\/companies\//);
  });

  test("P2: a deal stands in the list with its amount and stage", async ({ page, app, hubspot }) => {
    await app.switchObject("deal", true);
    const name = `Suspension bridge ${Date.now().toString(36)}`;
    await hubspot.act("createRecord", {
      type: "deals",
      properties: {
        dealname: name,
        amount: "1250000",
        deal_currency_code: "USD",
        dealstage: "contractsent",
        pipeline: "default",
      },
    });
    await expect(async () => {
      await app.check();
      await page.goto(`/deals?search=${encodeURIComponent(name)}`);
      await expect(rows(page).first()).toContainText(name, { timeout: 3_000 });
    }).toPass({ timeout: 40_000 });
    await expect(rows(page).first()).toContainText("$1,250,000");
    await expect(rows(page).first()).toContainText("Contract Sent");
    await rows(page).first().getByRole("link").first().click();
    await expect(page).toHaveURL(/\/deals\/[0-9a-f-]{36}$/);
    await expect(page.getByText("$1,250,000 · Contract Sent")).toBeVisible();
  });

  test("speak Japanese", async ({ page, context }) => {
    await context.addCookies([{ name: "NEXT_LOCALE", value: "ja", url: environment.app() }]);
    await page.goto("/companies");
    await expect(page.getByRole("heading", { level: 1, name: "会社" })).toBeVisible();
    await expect(page.getByLabel("名前、ドメイン、IDで検索")).toBeVisible();
    await page.goto("/deals?search=zzqqxx&state=failing");
    await expect(page.getByRole("heading", { level: 1, name: "取引" })).toBeVisible();
    await expect(page.getByRole("button", { name: "ビュー：未保存のビュー" })).toBeVisible();
  });
});

test("a phone shows the rows as cards that can be ticked and opened", async ({ page, app, hubspot }) => {
  const pair = await makePair({ app, hubspot });
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto("/contacts");
  await page.getByLabel(SEARCH).fill(pair.email);
  await expect(page).toHaveURL(/search=/);
  await tick(page, pair.name);
  await expect(page.getByRole("button", { name: "Sync now (1)" })).toBeVisible();
  const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(over).toBeLessThanOrEqual(0);
  await page.getByRole("link", { name: pair.name }).click();
  await expect(page.getByRole("heading", { level: 1, name: pair.name })).toBeVisible();
});
