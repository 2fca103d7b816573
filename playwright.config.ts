import { defineConfig } from "@playwright/test";
import { findChromium } from "./scripts/find-chromium";
import { readEndToEndPorts } from "./scripts/testing/end-to-end-ports";

const ports = readEndToEndPorts();
const isRoot = process.getuid?.() === 0;

export default defineConfig({
  testDir: "e2e",
  testMatch: "**/*.spec.ts",
  outputDir: "test-results",
  globalSetup: "./scripts/testing/start-demo.ts",
  // One demo with one set of data serves all tests, so they run one after another.
  workers: 1,
  fullyParallel: false,
  forbidOnly: Boolean(process.env.CI),
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: [["list"], ["json", { outputFile: "test-results/end-to-end.json" }]],
  use: {
    baseURL: `http://localhost:${ports.app}`,
    trace: "retain-on-failure",
    screenshot: "only-on-failure",
    locale: "en-US",
    timezoneId: "Asia/Tokyo",
    launchOptions: {
      executablePath: findChromium(),
      // Chromium refuses its own sandbox as root; and nothing may be fetched in the background.
      args: [...(isRoot ? ["--no-sandbox"] : []), "--disable-background-networking"],
    },
  },
});
