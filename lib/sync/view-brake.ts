import type { BrakeView } from "@/lib/contracts/brake";
import { readBrake } from "@/lib/store/brakes";

/** The run that waits for a person's word; null when none does. */
export async function viewBrake(connectionId: string): Promise<BrakeView | null> {
  const brake = await readBrake(connectionId);
  if (brake?.state !== "waiting") return null;
  const { id, reason, plannedAt, creates, overwrites, deletes, pairs, samples } = brake;
  return { id, reason, plannedAt: plannedAt.toISOString(), creates, overwrites, deletes, pairs, samples };
}
