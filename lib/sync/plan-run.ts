import type { PlannedCounts } from "@/lib/decide/apply-brake";
import { decideRecord } from "@/lib/decide/decide-record";
import { emailsOfHubSpot, emailsOfSalesforce } from "@/lib/decide/match-records";
import { isActivity } from "@/lib/decide/object-of";
import type { Side } from "@/lib/decide/record-types";
import { type BrakeSample, findLoneEmails, listDue } from "@/lib/store/brakes";
import { findMembers } from "@/lib/store/inclusion-lists";
import { openWork } from "./batch-work";
import { isAsked } from "./check-for-changes";
import type { SyncContext } from "./load-sync-context";

const PAGE_SIZE = 1_000;
const ZERO_ID = "00000000-0000-0000-0000-000000000000";
/** Of each kind; the counts are exact, the samples show what they are about. */
const MAX_SAMPLES = 20;
const MAX_CHANGES = 10;

export type RunPlan = PlannedCounts & { samples: BrakeSample[] };
type Due = Awaited<ReturnType<typeof listDue>>[number];
/** What one due record comes to, null = nothing is written. */
type Planned = Omit<BrakeSample, "recordId" | "object" | "name"> | null;

/**
 * C4: what the due records would come to, decided from what the checks have read, without a single call and without a
 * write. A record whose partner is not known yet counts as a create, unless one with its address is there to be linked.
 */
export async function planRun(contexts: SyncContext[], range: { after: Date | null; until: Date }): Promise<RunPlan> {
  const plan: RunPlan = { creates: 0, overwrites: 0, deletes: 0, samples: [] };
  for (const context of contexts.filter(isAsked)) {
    for (let afterId = ZERO_ID; ; ) {
      const page = await listDue(context.connectionId, context.object, { ...range, afterId, limit: PAGE_SIZE });
      await addPage(plan, context, page);
      const last = page.at(-1);
      if (!last || page.length < PAGE_SIZE) break;
      afterId = last.id;
    }
  }
  return plan;
}

const COUNTED = { create: "creates", overwrite: "overwrites", delete: "deletes" } as const;

async function addPage(plan: RunPlan, context: SyncContext, page: Due[]): Promise<void> {
  const known = await readPageFacts(context, page);
  for (const record of page) {
    const planned = planOne(context, record, known);
    if (planned === null) continue;
    plan[COUNTED[planned.kind]] += 1;
    if (plan.samples.filter((sample) => sample.kind === planned.kind).length < MAX_SAMPLES)
      plan.samples.push({ recordId: record.id, object: context.object, name: record.name, ...planned });
  }
}

type PageFacts = {
  members: Awaited<ReturnType<typeof findMembers>> | null;
  /** Addresses that the other side has, by the side that looks for them */
  matches: Record<Side, Set<string>>;
};

async function readPageFacts({ connectionId, object, settings }: SyncContext, page: Due[]): Promise<PageFacts> {
  const ids = page.flatMap((record) => record.hubspotId ?? []);
  const emails = (side: Side) => (object === "contact" ? page.filter((r) => isLone(r, side)).flatMap(emailsOf) : []);
  const [members, hubspot, salesforce] = await Promise.all([
    settings.inclusionList ? findMembers(connectionId, object, ids) : null,
    findLoneEmails(connectionId, "salesforce", emails("hubspot")),
    findLoneEmails(connectionId, "hubspot", emails("salesforce")),
  ]);
  return { members, matches: { hubspot, salesforce } };
}

function isLone(record: Due, side: Side): boolean {
  return side === "hubspot" ? record.salesforceId === null : record.hubspotId === null;
}

function emailsOf({ hubspotId, hubspotValues, salesforceValues }: Due): string[] {
  return hubspotId === null ? emailsOfSalesforce(salesforceValues ?? {}) : emailsOfHubSpot(hubspotValues ?? {});
}

function planOne({ object, settings }: SyncContext, record: Due, { members, matches }: PageFacts): Planned {
  const work = openWork(record);
  const deletedIn = deletedSide(record);
  const inList = members && record.hubspotId !== null ? isOrWasIn(members, record.hubspotId, deletedIn) : null;
  const decision = decideRecord(
    {
      hubspot: deletedIn === "hubspot" ? null : work.hubspot,
      salesforce: deletedIn === "salesforce" ? null : work.salesforce,
      base: record.base,
      partnerTaken: false,
      missing: null,
      inList,
      deletedIn,
      hubspotEditTimes: {},
    },
    settings,
  );
  if (decision.kind === "excluded") return null;
  if (decision.kind === "delete") return { kind: "delete", side: decision.side, changes: [] };
  if (decision.kind === "needs_edit_times") return { kind: "overwrite", side: "hubspot", changes: [] };
  const changes = decision.fields.flatMap(({ hubspotProperty, salesforceField, decision: field }) =>
    field.action === "write"
      ? [{ hubspotProperty, salesforceField, before: field.overwrites, after: field.value }]
      : [],
  );
  const side = decision.hubspot ? "hubspot" : "salesforce";
  const shown = { side, changes: changes.slice(0, MAX_CHANGES) } as const;
  const isCreate = decision.hubspot?.operation === "create" || decision.salesforce?.operation === "create";
  if (!isCreate) {
    // An activity's copy is composed anew when it is written; that it is due is all that is known here.
    return decision.hubspot || decision.salesforce || isActivity(object) ? { kind: "overwrite", ...shown } : null;
  }
  const own: Side = record.hubspotId === null ? "salesforce" : "hubspot";
  const isLinked = emailsOf(record).some((email) => matches[own].has(email));
  // The pair is counted once, from its HubSpot side, which joins it.
  if (isLinked) return own === "hubspot" ? { kind: "overwrite", ...shown } : null;
  return { kind: "create", ...shown };
}

/** A delete that a check or an event told of; the batch asks for it directly before it acts. */
function deletedSide({ triggers, hubspotId, salesforceId }: Due): Side | null {
  if (hubspotId === null || salesforceId === null) return null;
  return triggers.findLast((trigger) => trigger.code === "deleted")?.side ?? null;
}

/** HubSpot takes what it archives off its lists: whoever was in counts as in. */
function isOrWasIn(members: NonNullable<PageFacts["members"]>, id: string, deletedIn: Side | null): boolean {
  const membership = members.get(id);
  return membership !== undefined && (membership.isIn || deletedIn === "hubspot");
}
