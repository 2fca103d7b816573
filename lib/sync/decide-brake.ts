import { readBrake, decideBrake as saveDecision, withdrawDue } from "@/lib/store/brakes";
import { scheduleCheck } from "@/lib/store/connections";

/**
 * C4: a person's word on a stopped run. Approved, exactly what was due when it was planned goes on, with the next check
 * now; dismissed, it is taken back and every record waits for its next change. Null when `id` is not the stop that waits.
 */
export async function decideBrake(
  connectionId: string,
  answer: { id: string; decision: "approve" | "dismiss" },
  by: string,
): Promise<{ withdrawn: number } | null> {
  const brake = await readBrake(connectionId);
  const state = answer.decision === "approve" ? "approved" : "dismissed";
  if (brake?.id !== answer.id || !(await saveDecision(connectionId, answer.id, state, by))) return null;
  if (state === "dismissed") return { withdrawn: await withdrawDue(connectionId, brake.plannedAt) };
  await scheduleCheck(connectionId, new Date());
  return { withdrawn: 0 };
}
