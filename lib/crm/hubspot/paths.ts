import type { HubSpotObject } from "../face";

/**
 * Every HubSpot path that we call, all but one of the date-based version 2026-03: v3 and v4 leave support during 2027, and
 * 2026-03 is supported until September 2027.
 */
const VERSION = "2026-03";

/** HubSpot's own names of the objects in its paths. */
const NAMES: Record<HubSpotObject, string> = {
  contact: "contacts",
  company: "companies",
  deal: "deals",
  task: "tasks",
  call: "calls",
  email: "emails",
  meeting: "meetings",
  note: "notes",
};

export type ObjectPaths = ReturnType<typeof pathsOf>;

/** The paths of one object. */
export function pathsOf(object: HubSpotObject) {
  const records = `/crm/objects/${VERSION}/${NAMES[object]}`;
  return {
    records,
    search: `${records}/search`,
    batchRead: `${records}/batch/read`,
    batchCreate: `${records}/batch/create`,
    batchUpdate: `${records}/batch/update`,
    batchUpsert: `${records}/batch/upsert`,
    batchArchive: `${records}/batch/archive`,
    properties: `/crm/properties/${VERSION}/${NAMES[object]}`,
  };
}

/** Batch calls on the associations between two objects. */
export function associationPaths(from: HubSpotObject, to: HubSpotObject) {
  const pair = `/crm/associations/${VERSION}/${NAMES[from]}/${NAMES[to]}/batch`;
  return { batchRead: `${pair}/read`, batchCreate: `${pair}/create`, batchArchive: `${pair}/archive` };
}

export const HUBSPOT_PATHS = {
  listSearch: `/crm/lists/${VERSION}/search`,
  list: (id: string) => `/crm/lists/${VERSION}/${encodeURIComponent(id)}`,
  listJoins: (id: string) => `/crm/lists/${VERSION}/${encodeURIComponent(id)}/memberships/join-order`,
  owners: `/crm/owners/${VERSION}`,
  dealPipelines: `/crm/pipelines/${VERSION}/deals`,
  account: `/account-info/${VERSION}/details`,
  /** The only one without a version: what follows it is in beta and for chosen apps */
  callOutcomes: "/calling/v1/dispositions",
} as const;
