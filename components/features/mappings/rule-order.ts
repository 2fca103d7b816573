import type { UpdateRule } from "@/lib/decide/record-types";

/** As people look for them: HubSpot's own order, then the two that it lacks, then off. */
export const RULE_ORDER: readonly UpdateRule[] = [
  "prefer_salesforce",
  "always_salesforce",
  "two_way",
  "prefer_hubspot",
  "always_hubspot",
  "dont_sync",
];
