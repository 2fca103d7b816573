import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Minutes each. Started last, as their small size would have it, they would run on when all others have ended. */
const LONG = [
  "lib/sync/history.integration.test.ts",
  "lib/sync/crash-sweep.integration.test.ts",
  "lib/sync/activities-crash.integration.test.ts",
];

/** Vitest's own order, but the files that take minutes begin first: a fresh clone knows no durations. */
export class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isLong = (file: TestSpecification) => LONG.some((name) => file.moduleId.endsWith(`/${name}`));
    const sorted = await super.sort(files);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}
