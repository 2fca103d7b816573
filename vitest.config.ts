import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { LongFirst } from "./scripts/testing/long-first";

const root = fileURLToPath(new URL(".", import.meta.url));
const alias = { "@": root.replace(/\/$/, "") };
const database = ["**/*.integration.test.ts"];
const never = ["**/node_modules/**", "**/.next/**", "**/.data/**", "e2e/**"];

export default defineConfig({
  test: {
    // These tests wait more than they work (networks, back-offs, crashes): five at once fill two cores.
    maxWorkers: 5,
    sequence: { sequencer: LongFirst },
    projects: [
      {
        resolve: { alias },
        test: {
          name: "unit",
          include: [
            "lib/**/*.test.{ts,tsx}",
            "scripts/**/*.test.ts",
            "components/**/*.test.{ts,tsx}",
            "bench/**/*.test.ts",
          ],
          exclude: [...never, ...database],
          testTimeout: 20_000,
        },
      },
      {
        resolve: { alias },
        test: {
          name: "sandbox",
          include: ["sandbox/**/*.test.ts"],
          exclude: [...never, ...database],
          testTimeout: 20_000,
        },
      },
      {
        resolve: { alias },
        test: {
          name: "integration",
          include: database,
          exclude: never,
          globalSetup: ["scripts/testing/start-database.ts"],
          // Whole engine histories against real PostgreSQL; a shared machine with two cores needs the room.
          testTimeout: 120_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
