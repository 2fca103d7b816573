import type { ActivityFacts } from "@/lib/decide/activity-words";
import type { Side } from "@/lib/decide/record-types";
import { getDatabase } from "./client";
import type { Prisma } from "./generated/client";

/** A name that no described object has; both sides keep theirs under it. */
const OBJECT = "activity_facts";

/** Keeps what one side says of activities beyond their fields. What it does not say is kept as it was. */
export async function saveActivityFacts(
  connectionId: string,
  side: Side,
  facts: Partial<ActivityFacts>,
): Promise<void> {
  const told = Object.values(facts).some((fact) => fact !== null);
  if (!told) return;
  const data = { fields: facts as unknown as Prisma.InputJsonObject, fetchedAt: new Date() };
  await getDatabase().schemaSnapshot.upsert({
    where: { connectionId_side_object: { connectionId, side, object: OBJECT } },
    create: { connectionId, side, object: OBJECT, ...data },
    update: data,
  });
}

export async function readActivityFacts(connectionId: string): Promise<ActivityFacts> {
  const rows = await getDatabase().schemaSnapshot.findMany({ where: { connectionId, object: OBJECT } });
  const kept: Partial<ActivityFacts> = Object.assign({}, ...rows.map((row) => row.fields));
  return { taskWords: kept.taskWords ?? null, callOutcomes: kept.callOutcomes ?? null };
}
