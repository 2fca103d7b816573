import { type CallGate, CrmCallError } from "@/lib/crm/face";
import { type OrgUsage, saveOrgUsage, takeCall } from "@/lib/store/call-budget";
import { currentPurpose } from "@/lib/store/call-purpose";
import { type CallCounter, createCallGate } from "@/lib/store/rate-budget";

/** The org's usage is a number to look at and moves with every call: written down this often. */
const USAGE_EVERY_MS = 5_000;

/**
 * Lets every call through when it may leave: HubSpot's are spaced out, Salesforce's are counted against the allocation
 * (spec Q1), both over all processes. `acquire` throws CrmCallError ALLOCATION_REACHED where no Salesforce call is left.
 */
export function createBudgetGate(connectionId: string, counter: CallCounter): CallGate {
  const spacing = createCallGate(connectionId, counter);
  return {
    async acquire(bucket) {
      if (bucket !== "salesforce") return spacing.acquire(bucket);
      if (!(await takeCall(connectionId, currentPurpose()))) throw allocationReached();
    },
    note: spacing.note,
  };
}

function allocationReached(): CrmCallError {
  return new CrmCallError({
    side: "salesforce",
    status: 0,
    code: "ALLOCATION_REACHED",
    message: "The Salesforce calls allocated to Kakehashi for 24 hours are used up.",
    fields: [],
    // Nothing was sent.
    uncertain: false,
  });
}

/** Keeps what Salesforce says of the org's calls; losing one of these numbers does no harm. */
export function createUsageNote(connectionId: string): (usage: OrgUsage) => void {
  let savedAt = 0;
  return (usage) => {
    if (Date.now() - savedAt < USAGE_EVERY_MS) return;
    savedAt = Date.now();
    saveOrgUsage(connectionId, usage).catch(() => {});
  };
}
