"use client";

import { useTranslations } from "next-intl";

/** What no description of a CRM's fields names, since it is none there: our words for it. */
const OWN_FIELDS = new Map([
  ["associated contacts", "ownFields.associatedContacts"],
  ["OpportunityContactRole", "ownFields.contactRoles"],
  ["CampaignMember", "ownFields.campaignMembers"],
]);

/** What people call a property or field: the CRM's own label, or our word where it has none. */
export function useFieldName(): (name: string, label: string) => string {
  const t = useTranslations("reasons");
  return (name, label) => {
    const key = OWN_FIELDS.get(name);
    return key === undefined ? label : t(key);
  };
}
