import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

const root = fileURLToPath(new URL(".", import.meta.url));
const alias = { "@": root.replace(/\/$/, "") };
const database = ["**/*.integration.test.ts"];
/** Minutes each. Started last, as their small size would have it, they would run on when all others have ended. */
const long = ["history", "crash-sweep", "activities-crash"].map((name) => `/lib/sync/${name}.integration.test.ts`);

/** Vitest's own order, but the files that take minutes begin first: a fresh clone knows no durations. */
class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isLong = (file: TestSpecification) => long.some((name) => file.moduleId.endsWith(name));
    const sorted = await super.sort(files);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

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
          // What they share holds no state: loading it anew for each file takes as long as the tests.
          isolate: false,
          testTimeout: 20_000,
        },
      },
      {
        resolve: { alias },
        test: {
          name: "sandbox",
          include: ["sandbox/**/*.test.ts"],
          exclude: [...never, ...database],
          // What they share holds no state: loading it anew for each file takes as long as the tests.
          isolate: false,
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
