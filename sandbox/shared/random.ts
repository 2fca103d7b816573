/** A seeded stream of random numbers: the same seed always gives the same stream. */
export type Random = {
  /** A float in [0, 1). */
  next(): number;
  /** An integer in [0, maxExclusive). */
  int(maxExclusive: number): number;
  /** One member of a non-empty list. */
  pick<T>(list: readonly T[]): T;
  /** True with probability `p`. */
  chance(p: number): boolean;
};

/** Makes a mulberry32 generator: 32 bits of state are plenty for sample data and need no dependency. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const int = (maxExclusive: number) => Math.floor(next() * maxExclusive);
  return {
    next,
    int,
    pick: (list) => {
      const chosen = list[int(list.length)];
      if (chosen === undefined) throw new Error("cannot pick from an empty list");
      return chosen;
    },
    chance: (p) => next() < p,
  };
}

/** Mixes two integers into one seed, so that neighbours (seed 1, person 2 / seed 2, person 1) do not look alike. */
export function mixSeed(a: number, b: number): number {
  return (Math.imul(a + 0x9e3779b9, 0x85ebca6b) ^ Math.imul(b + 0x165667b1, 0xc2b2ae35)) >>> 0;
}
