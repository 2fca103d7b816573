/** The steps of the first set-up, in their order. */
export const SETUP_STEPS = [
  "hubspot",
  "salesforce",
  "permissions",
  "objects",
  "creation",
  "inclusion",
  "mappings",
  "preview",
  "turn_on",
] as const;
export type SetupStep = (typeof SETUP_STEPS)[number];
