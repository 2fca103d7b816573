import { z } from "zod";
import type { VirtualClock } from "../shared/clock";
import { notFound } from "./errors";
import { uuidOf } from "./ids";

/** Modelled choice: a snapshot is made within a second and told of for three days, as long as its entry is kept. */
const MAKING_MS = 1000;
const KEPT_MS = 3 * 86_400_000;

export const snapshotSchema = z.object({
  snapshotRequests: z.array(
    z.object({
      portalId: z.coerce.number(),
      objectTypeId: z.string(),
      objectId: z.union([z.string(), z.number()]).transform(String),
      properties: z.array(z.string()),
    }),
  ),
});

type Status = { id: string; initiatedAt: number; error: string | null };
export type SavedSnapshots = { statuses: Status[]; counter: number };

/** What became of the snapshots that an app asked the journal for. */
export class JournalSnapshots {
  private statuses: Status[];
  private counter: number;

  constructor(
    private readonly clock: VirtualClock,
    saved?: SavedSnapshots,
  ) {
    this.statuses = saved?.statuses ?? [];
    this.counter = saved?.counter ?? 0;
  }

  /** Notes one; `error` says why it will fail. Answers the id of its status. */
  note(error: string | null): string {
    this.counter += 1;
    const now = this.clock.now();
    const id = uuidOf("snapshot", this.counter, now);
    this.statuses = [
      ...this.statuses.filter((one) => one.initiatedAt > now - KEPT_MS),
      { id, initiatedAt: now, error },
    ];
    return id;
  }

  /** How far it is, as the API tells it. Throws 404 for an unknown one. */
  describe(id: string): object {
    const found = this.statuses.find((one) => one.id === id);
    if (!found) throw notFound({ statusId: [id] });
    const { initiatedAt, error } = found;
    const completedAt = initiatedAt + MAKING_MS;
    const now = this.clock.now();
    if (now < completedAt) return { id, status: "IN_PROGRESS", initiatedAt };
    if (error !== null) {
      return { id, status: "FAILED", initiatedAt, completedAt, errorCode: "VALIDATION_ERROR", message: error };
    }
    return { id, status: now > initiatedAt + KEPT_MS ? "EXPIRED" : "SUCCESS", initiatedAt, completedAt };
  }

  save(): SavedSnapshots {
    return { statuses: this.statuses, counter: this.counter };
  }
}
