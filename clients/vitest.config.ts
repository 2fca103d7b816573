import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    root: fileURLToPath(new URL("..", import.meta.url)),
    include: ["clients/*.test.ts"],
    // A command of the Salesforce CLI takes 1–5 s, a bulk job looks after its state every 5 s.
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
