import { expect, test } from "vitest";
import { WakeLoop } from "./wake-loop";

/** Work that can be held up; notes what ran beside what. */
function makeWork() {
  const goes: string[] = [];
  const running = new Set<string>();
  let release = () => {};
  let hold: Promise<void> = Promise.resolve();
  return {
    goes,
    holdUp() {
      hold = new Promise((resolve) => {
        release = resolve;
      });
    },
    letGo: () => release(),
    work: async (id: string) => {
      if (running.has(id)) throw new Error(`two goes at once for ${id}`);
      running.add(id);
      goes.push(id);
      await hold;
      running.delete(id);
    },
  };
}

const fail = (error: unknown): never => {
  throw error;
};
const settle = () => new Promise((resolve) => setTimeout(resolve, 30));

test("T18: signals during a go make one more go, never two at once and never none", async () => {
  const { goes, holdUp, letGo, work } = makeWork();
  const loop = new WakeLoop(work, fail);
  holdUp();
  loop.wake("a");
  await settle();
  for (let n = 0; n < 5; n += 1) loop.wake("a");
  loop.wake("b");
  await settle();
  expect(goes).toEqual(["a", "b"]);
  letGo();
  await settle();
  expect(goes).toEqual(["a", "b", "a"]);
  loop.wake("a");
  await settle();
  expect(goes).toEqual(["a", "b", "a", "a"]);
});

test("T18: a go that waits for more goes on with the first signal, and ends without one", async () => {
  const answers: boolean[] = [];
  const loop = new WakeLoop(async (_, waitForMore) => {
    for (let more = true; more; ) {
      more = await waitForMore(100);
      answers.push(more);
    }
  }, fail);
  loop.wake("a");
  await settle();
  loop.wake("a");
  await settle();
  expect(answers).toEqual([true]);
  await new Promise((resolve) => setTimeout(resolve, 150));
  expect(answers).toEqual([true, false]);
});

test("T18: a go that fails is told of, and the next signal starts another", async () => {
  const errors: unknown[] = [];
  let goes = 0;
  const loop = new WakeLoop(
    async () => {
      goes += 1;
      throw new Error("the database is gone");
    },
    (error) => errors.push(error),
  );
  loop.wake("a");
  await settle();
  loop.wake("a");
  await settle();
  expect([goes, errors.length]).toEqual([2, 2]);
});

test("T18: stopping ends all waiting, waits for the go under way and starts none", async () => {
  const { goes, holdUp, letGo, work } = makeWork();
  const loop = new WakeLoop(async (id, waitForMore) => {
    await work(id);
    await waitForMore(60_000);
  }, fail);
  holdUp();
  loop.wake("a");
  await settle();
  loop.wake("a");
  let stopped = false;
  const stopping = loop.stop().then(() => {
    stopped = true;
  });
  await settle();
  expect(stopped).toBe(false);
  letGo();
  await stopping;
  loop.wake("b");
  await settle();
  expect(goes).toEqual(["a"]);
});
