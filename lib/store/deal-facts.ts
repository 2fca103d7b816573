import type { HubSpotStage, RecordType, SalesforceStage } from "@/lib/decide/map-stages";
import { getDatabase } from "./client";
import type { Prisma } from "./generated/client";

/** What the two CRMs say of deals beyond their fields: stages, and the currencies that amounts may have. */
export type StoredDealFacts = {
  hubspot: { stages: HubSpotStage[]; currency: string; furtherCurrencies: string[] } | null;
  salesforce: {
    stages: SalesforceStage[];
    /** Absent in what was kept before they were read */
    recordTypes?: RecordType[];
    currencies: { corporate: string; active: string[] } | null;
  } | null;
  /** When the older of the two was read */
  readAt: Date | null;
};

/** A name that no described object has; both sides keep theirs under it. */
const OBJECT = "deal_facts";

export async function saveDealFacts(connectionId: string, facts: Omit<StoredDealFacts, "readAt">): Promise<void> {
  for (const side of ["hubspot", "salesforce"] as const) {
    const fields = facts[side] as unknown as Prisma.InputJsonObject | null;
    if (fields === null) continue;
    const data = { fields, fetchedAt: new Date() };
    await getDatabase().schemaSnapshot.upsert({
      where: { connectionId_side_object: { connectionId, side, object: OBJECT } },
      create: { connectionId, side, object: OBJECT, ...data },
      update: data,
    });
  }
}

export async function readDealFacts(connectionId: string): Promise<StoredDealFacts> {
  const rows = await getDatabase().schemaSnapshot.findMany({ where: { connectionId, object: OBJECT } });
  const of = (side: string) => rows.find((row) => row.side === side);
  const stamps = rows.map((row) => row.fetchedAt.getTime());
  return {
    hubspot: (of("hubspot")?.fields as StoredDealFacts["hubspot"] | undefined) ?? null,
    salesforce: (of("salesforce")?.fields as StoredDealFacts["salesforce"] | undefined) ?? null,
    readAt: stamps.length === 0 ? null : new Date(Math.min(...stamps)),
  };
}
