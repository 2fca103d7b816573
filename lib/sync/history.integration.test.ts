import { expect, test } from "vitest";
import { findViolations } from "./testing/history/check-invariants";
import { comeToRest, playHistory } from "./testing/history/play-history";
import { startSyncWorld } from "./testing/world";

/** `HISTORY_SEED` = the first seed, `HISTORY_SEEDS` = how many; a failure names its seed, which replays it. */
const FIRST = Number(process.env.HISTORY_SEED ?? 1);
const COUNT = Number(process.env.HISTORY_SEEDS ?? 50);
/** Checks with something to do after the last act and the last fault. */
const MOST_CHECKS = 3;

test.each(Array.from({ length: COUNT }, (_, index) => FIRST + index))(
  "nothing is lost, doubled or flipped back in the history of seed %i",
  async (seed) => {
    const world = await startSyncWorld();
    try {
      const history = await playHistory(world, seed);
      const checks = await comeToRest(history);
      const violations = await findViolations(history);
      if (violations.length > 0) console.log(`Seed ${seed}: ${history.trace.join(" · ")}\n${violations.join("\n")}`);
      expect(violations).toEqual([]);
      expect(checks, "checks until both sides were equal").toBeLessThanOrEqual(MOST_CHECKS);
    } finally {
      await world.stop();
    }
  },
  120_000,
);
