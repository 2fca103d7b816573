import { expect, test } from "vitest";
import { findViolations } from "./testing/history/check-invariants";
import { FIELDS } from "./testing/history/edit-log";
import { comeToRest, playHistory } from "./testing/history/play-history";
import { setRule } from "./testing/pairs";
import { startSyncWorld } from "./testing/world";

/** `HISTORY_SEED` = the first seed, `HISTORY_SEEDS` = how many; a failure names its seed, which replays it. */
const FIRST = Number(process.env.HISTORY_SEED ?? 1);
const COUNT = Number(process.env.HISTORY_SEEDS ?? 50);

test.each(Array.from({ length: COUNT }, (_, index) => FIRST + index))(
  "nothing is lost, doubled or flipped back in the history of seed %i",
  async (seed) => {
    const world = await startSyncWorld();
    try {
      for (const { property } of FIELDS) await setRule(property, "two_way");
      const history = await playHistory(world, seed);
      const rounds = await comeToRest(history);
      const violations = await findViolations(history);
      if (violations.length > 0) console.log(`Seed ${seed}: ${history.trace.join(" · ")}`);
      expect(violations).toEqual([]);
      expect(rounds, "syncs until both sides were equal").toBeLessThanOrEqual(4);
    } finally {
      await world.stop();
    }
  },
  60_000,
);
