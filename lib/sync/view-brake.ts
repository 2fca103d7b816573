import type { BrakeView } from "@/lib/contracts/brake";
import { readBrake } from "@/lib/store/brakes";
import { labelChanges } from "./label-changes";

/** The run that waits for a person's word; null when none does. */
export async function viewBrake(connectionId: string): Promise<BrakeView | null> {
  const brake = await readBrake(connectionId);
  if (brake?.state !== "waiting") return null;
  const { id, reason, plannedAt, creates, overwrites, deletes, pairs } = brake;
  const samples = brake.samples.map((sample) => ({
    ...sample,
    changes: sample.changes.map((change) => ({ ...change, side: sample.side })),
  }));
  const changes = await labelChanges(
    connectionId,
    samples.map((sample) => ({ ...sample, salesforceType: null })),
  );
  return {
    id,
    reason,
    plannedAt: plannedAt.toISOString(),
    creates,
    overwrites,
    deletes,
    pairs,
    samples: samples.map((sample, index) => ({ ...sample, changes: changes[index] ?? [] })),
  };
}
