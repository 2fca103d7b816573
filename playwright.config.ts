import { defineConfig } from "@playwright/test";
import { findChromium } from "./scripts/find-chromium";
import { DEMOS, readEndToEndPorts } from "./scripts/testing/end-to-end-ports";

// Chosen here, before the workers start, or each of them would choose its own.
readEndToEndPorts(0);
const isRoot = process.getuid?.() === 0;
const isCi = Boolean(process.env.CI);

export default defineConfig({
  testDir: "e2e",
  testMatch: "**/*.spec.ts",
  outputDir: "test-results",
  globalSetup: "./scripts/testing/start-demo.ts",
  // Each worker has a demo to itself; within one, tests run one after another.
  workers: process.env.npm_lifecycle_event === "screenshots" ? 1 : DEMOS,
  fullyParallel: false,
  forbidOnly: isCi,
  // Three browsers and three whole stacks on two cores: what a second go passes counts, and is named at the end of the run.
  retries: isCi ? 1 : 0,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: [["list"], ["json", { outputFile: "test-results/end-to-end.json" }]],
  use: {
    // Recording every test takes a sixth of the time.
    trace: isCi ? "on-first-retry" : "retain-on-failure",
    screenshot: "only-on-failure",
    locale: "en-US",
    timezoneId: "Asia/Tokyo",
    // A click on what still slides in may be taken by its neighbour, and half-faded words have too little contrast.
    contextOptions: { reducedMotion: "reduce" },
    launchOptions: {
      executablePath: findChromium(),
      // Chromium refuses its own sandbox as root; and nothing may be fetched in the background.
      args: [...(isRoot ? ["--no-sandbox"] : []), "--disable-background-networking"],
    },
  },
});
