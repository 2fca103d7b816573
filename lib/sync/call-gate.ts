import { type CallGate, CrmCallError } from "@/lib/crm/face";
import { type OrgUsage, saveOrgUsage, takeCall } from "@/lib/store/call-budget";
import { currentPurpose } from "@/lib/store/call-purpose";
import { type CallCounter, createCallGate } from "@/lib/store/rate-budget";

/** The org's usage is a number to look at and moves with every call: written down this often. */
const USAGE_EVERY_MS = 5_000;

/**
 * Lets every call through when it may leave: HubSpot's are spaced out, Salesforce's are counted against the allocation
 * (spec Q1), both over all processes. `acquire` throws CrmCallError where no Salesforce call is left: ALLOCATION_REACHED, or
 * REQUEST_LIMIT_EXCEEDED where the whole org has none.
 */
export function createBudgetGate(connectionId: string, counter: CallCounter): CallGate {
  const spacing = createCallGate(connectionId, counter);
  return {
    async acquire(bucket) {
      if (bucket !== "salesforce") return spacing.acquire(bucket);
      const taken = await takeCall(connectionId, currentPurpose());
      if (taken !== "taken") throw noCallLeft(REFUSALS[taken]);
    },
    note: spacing.note,
  };
}

const REFUSALS = {
  allocation_used: {
    code: "ALLOCATION_REACHED",
    message: "The Salesforce calls allocated to Kakehashi for 24 hours are used up.",
  },
  // Salesforce's own code: what it says of the org is obeyed before it has to refuse.
  org_used: { code: "REQUEST_LIMIT_EXCEEDED", message: "All API calls of the org for 24 hours are used." },
} as const;

function noCallLeft({ code, message }: { code: string; message: string }): CrmCallError {
  return new CrmCallError({
    side: "salesforce",
    status: 0,
    code,
    message,
    fields: [],
    // Nothing was sent.
    uncertain: false,
  });
}

/** Keeps what Salesforce says of the org's calls; losing one of these numbers does no harm. */
export function createUsageNote(connectionId: string): (usage: OrgUsage) => void {
  let savedAt = 0;
  return (usage) => {
    const isFull = usage.used >= usage.max;
    if (!isFull && Date.now() - savedAt < USAGE_EVERY_MS) return;
    savedAt = Date.now();
    saveOrgUsage(connectionId, usage).catch(() => {});
  };
}
