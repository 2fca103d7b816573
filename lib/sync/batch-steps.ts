import type { Batch } from "./batch-work";

/**
 * What differs between objects on the one way of a batch. Every step is optional and works on `openWorks(batch)`;
 * a record that must wait for a parent gets its `waitsFor` and `deferred` or a failure here, never a half write.
 */
export type ObjectSteps = {
  /** Completes what was read: associations, parents and their ids (Batch.references), memberships */
  gather?: (batch: Batch) => Promise<void>;
  /** Finds partners of records that have none and commits the links before anything is written */
  match?: (batch: Batch) => Promise<void>;
  /** After the records themselves were written: associations, contact roles */
  finish?: (batch: Batch) => Promise<void>;
};
