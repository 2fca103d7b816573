/** K1: the HubSpot property that holds the names of a contact's campaigns; set-up makes it with consent. */
export const CAMPAIGN_NAMES_PROPERTY = {
  name: "kakehashi_campaigns",
  label: "Salesforce campaigns",
  description: "The Salesforce campaigns that this contact is a member of. Kept by Kakehashi; edits are overwritten.",
};
