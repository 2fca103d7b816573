/** HubSpot's type ids of what it keeps as CRM records; the same in every portal. */
export const HUBSPOT_TYPE_IDS = {
  contact: "0-1",
  company: "0-2",
  deal: "0-3",
  task: "0-27",
  note: "0-46",
  meeting: "0-47",
  call: "0-48",
  email: "0-49",
} as const;
