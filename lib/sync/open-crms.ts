import type { HubSpotCrm, SalesforceCrm, TokenSource } from "@/lib/crm/face";
import { createHubSpotCrm } from "@/lib/crm/hubspot/crm";
import { createSalesforceCrm } from "@/lib/crm/salesforce/crm";
import type { Side } from "@/lib/decide/record-types";
import type { CallCounter } from "@/lib/store/rate-budget";
import { createBulkWatch } from "./bulk-watch";
import { createBudgetGate, createUsageNote } from "./call-gate";

export type TokenSourceFactory = (connectionId: string, side: Side) => TokenSource;

export type OpenCrms = {
  hubspot: HubSpotCrm;
  salesforce: SalesforceCrm;
  /** Calls sent through these two so far; counts up while they are used */
  calls: CallCounter;
};

// On globalThis, because Next.js loads this module once per bundle and the start code runs in only one of them.
const holder = globalThis as typeof globalThis & { kakehashiTokenSources?: TokenSourceFactory };

/**
 * Tells the engine where access tokens come from. The engine does not know sign-ins; every process (app, worker, command
 * line, tests) hands in its factory once, before the first sync.
 */
export function configureTokenSources(factory: TokenSourceFactory): void {
  holder.kakehashiTokenSources = factory;
}

/** @throws Error when configureTokenSources was not called, which is a bug. */
export function makeTokenSource(connectionId: string, side: Side): TokenSource {
  if (!holder.kakehashiTokenSources) throw new Error("configureTokenSources() has not been called in this process.");
  return holder.kakehashiTokenSources(connectionId, side);
}

/**
 * Both CRMs of a connection, with their sign-ins and the call spacing that all processes share. Makes no call itself.
 * @throws Error when configureTokenSources was not called, which is a bug.
 */
export async function openCrms(connectionId: string): Promise<OpenCrms> {
  const calls: CallCounter = { hubspot: 0, salesforce: 0 };
  const gate = createBudgetGate(connectionId, calls);
  return {
    hubspot: createHubSpotCrm({ tokens: makeTokenSource(connectionId, "hubspot"), gate }),
    salesforce: createSalesforceCrm({
      tokens: makeTokenSource(connectionId, "salesforce"),
      gate,
      onOrgUsage: createUsageNote(connectionId),
      bulkWatch: createBulkWatch(connectionId),
    }),
    calls,
  };
}
