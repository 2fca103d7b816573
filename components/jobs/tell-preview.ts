import type { Preview } from "@/lib/contracts/jobs";

type PreviewPart = { kind: "create" | "update" | "link" | "delete"; count: number };
type ReasonCount = { reason: string; count: number };

/** What would be written, by what people call it; kinds that there are none of are left out. */
export function listWrites({ actions }: Pick<Preview, "actions">): PreviewPart[] {
  const parts: PreviewPart[] = [
    { kind: "create", count: actions.create_hubspot + actions.create_salesforce },
    { kind: "update", count: actions.update },
    { kind: "link", count: actions.link },
    { kind: "delete", count: actions.archive_hubspot + actions.delete_salesforce },
  ];
  return parts.filter(({ count }) => count > 0);
}

/** Reasons with the most records first; `sum` = all of them. */
export function sumReasons(counts: Record<string, number>): { sum: number; reasons: ReasonCount[] } {
  const reasons = Object.entries(counts)
    .map(([reason, count]) => ({ reason, count }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count || a.reason.localeCompare(b.reason));
  return { sum: reasons.reduce((total, { count }) => total + count, 0), reasons };
}

/** Records that carrying it out would touch. */
export function countWrites(preview: Pick<Preview, "actions">): number {
  return listWrites(preview).reduce((sum, { count }) => sum + count, 0);
}
