import type { Kind } from "./history";
import { playActivities } from "./play-activities";
import { playDeals } from "./play-deals";
import { playDeletes } from "./play-deletes";
import { playEvents } from "./play-events";
import { playList } from "./play-list";
import { playMerges } from "./play-merges";
import { playOwners } from "./play-owners";
import { playPeople } from "./play-people";
import { playTrouble } from "./play-trouble";

/** What is played together; the seed chooses, so that every ten seeds in a row play everything. */
const PROFILES: (() => Kind[])[] = [
  () => [playPeople(), playDeletes(false)],
  () => [playPeople(), playMerges()],
  () => [playPeople(), playList()],
  () => [playPeople(), playOwners(), playDeletes(false)],
  () => [playPeople(), playEvents(), playDeletes(false)],
  () => [playPeople(), playActivities(), playDeletes(false)],
  () => [playPeople({ leads: false }), playDeals()],
  () => [playPeople(), playDeletes(true)],
  () => [playPeople(), playMerges(), playEvents(), playActivities()],
  () => [playPeople(), playList(), playOwners(), playActivities()],
];

export function chooseKinds(seed: number): Kind[] {
  const profile = PROFILES[seed % PROFILES.length];
  if (!profile) throw new Error(`No profile for seed ${seed}`);
  return [...profile(), playTrouble()];
}
