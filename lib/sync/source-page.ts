import type { ItemKeys } from "@/lib/store/job-items";
import type { JobCheckpoint } from "@/lib/store/jobs";
import type { Crms } from "./batch-work";
import type { PageReading } from "./check-for-changes";
import type { SyncContext } from "./load-sync-context";

export type SourceInput = { connectionId: string; contexts: SyncContext[]; crms: Crms };

/** One page of the records that a job takes. */
export type SourcePage = {
  keys: ItemKeys;
  ids: string[];
  /** Their values, where the page told them: they need not be read again */
  readings: PageReading[] | null;
  checkpoint: JobCheckpoint;
  /** Newly learnt to be coming; null = nothing new is known */
  more: number | null;
};
