import { expect, type Page } from "@playwright/test";
import { environment } from "./support/environment";
import { test } from "./support/test";

/** Every page with something to load. */
const PATHS = [
  "/",
  "/contacts",
  "/companies",
  "/deals",
  "/lists",
  "/inclusion",
  "/mappings",
  "/activities",
  "/owners",
  "/campaigns",
  "/stages",
  "/health",
  "/conflicts",
  "/runs",
  "/connection",
  "/settings/sync",
  "/settings/users",
  "/settings/api-keys",
  "/settings/audit",
  "/settings/notifications",
  "/settings/preferences",
  "/settings/config",
];

/** Chromium's own measure: the share of the window that moved, times how far. A line of text that jumps is 0.005 and more. */
const STEADY = 0.003;

/** Answers come one after the other and late, as from a server that is far away. */
const DELAYS_MS = [120, 420, 240, 540, 300];

type Shift = { value: number; hadRecentInput: boolean };

async function measureShifts(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let sum = 0;
        const observer = new PerformanceObserver((list) => {
          for (const entry of list.getEntries() as unknown as Shift[]) sum += entry.hadRecentInput ? 0 : entry.value;
        });
        observer.observe({ type: "layout-shift", buffered: true });
        // What was there before is told in the next task.
        setTimeout(() => resolve(sum), 100);
      }),
  );
}

for (const { width, height, language } of [
  { width: 1440, height: 900, language: "en" },
  { width: 390, height: 844, language: "ja" },
]) {
  test(`nothing moves while a page loads, ${width} px wide, ${language}`, async ({ page, context }) => {
    test.slow();
    await context.addCookies([{ name: "NEXT_LOCALE", value: language, url: environment.app() }]);
    await page.setViewportSize({ width, height });
    let asked = 0;
    await page.route(/\/api\//, async (route) => {
      const delay = DELAYS_MS[asked++ % DELAYS_MS.length];
      await new Promise((resolve) => setTimeout(resolve, delay));
      // Gone with the page that asked.
      await route.continue().catch(() => undefined);
    });
    const moved: string[] = [];
    for (const path of PATHS) {
      await page.goto(path);
      await page.waitForLoadState("networkidle");
      const shift = await measureShifts(page);
      if (shift > STEADY) moved.push(`${path}: ${shift.toFixed(4)}`);
    }
    expect(moved).toEqual([]);
  });
}
