import type { ConnectionSettings } from "./connection-settings";
import type { Side } from "./record-types";

/** Settings that hold ids of one portal or one org: they mean nothing in another. */
export const BOUND_SETTINGS: Record<Side, readonly (keyof ConnectionSettings)[]> = {
  hubspot: ["inclusionLists", "campaigns", "owners", "stagePairs"],
  salesforce: ["campaigns", "owners", "stagePairs"],
};
