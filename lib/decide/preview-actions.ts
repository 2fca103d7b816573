/** What a sync would do with one record, as a preview counts it. */
export const PREVIEW_ACTIONS = [
  "create_salesforce",
  "create_hubspot",
  "link",
  "update",
  "archive_hubspot",
  "delete_salesforce",
  "nothing",
] as const;
export type PreviewAction = (typeof PREVIEW_ACTIONS)[number];
