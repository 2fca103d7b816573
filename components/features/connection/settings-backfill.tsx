"use client";

import { useTranslations } from "next-intl";
import { BackfillOffer } from "@/components/backfill/backfill-offer";
import { useSavedChange } from "@/components/backfill/use-saved-change";
import type { SettingsForm } from "@/components/settings-form/use-settings-form";
import type { Settings } from "@/lib/browser/settings-draft";

const OBJECTS = ["contact", "company", "deal"] as const;

/** What decides whether a contact becomes a record on the other side, and of which kind. */
function creationOf({ leadToHubSpot, contactToHubSpot, hubspotToSalesforce, leadOrContactRules }: Settings) {
  return [leadToHubSpot, contactToHubSpot, hubspotToSalesforce, leadOrContactRules];
}

/** T19: records that stand still do not follow a changed setting by themselves; it is offered to look at them. */
export function SettingsBackfill({ form }: { form: SettingsForm }) {
  const t = useTranslations("connection");
  const { saved } = form;
  const changes = {
    contact: useSavedChange("creation", saved && creationOf(saved)),
    company: useSavedChange("company", saved?.company),
    deal: useSavedChange("deal", saved?.deal),
  };
  if (!saved || !form.mayEdit) return null;
  const on = OBJECTS.filter((object) => (object === "contact" ? saved.contactSyncOn : saved[object].on));
  const changed = on.filter((object) => changes[object].isChanged);
  return (
    <BackfillOffer
      objects={changed.length > 0 ? changed : on}
      isOffered={changed.length > 0 && !form.dirty}
      title={(count) => t("backfill", { count })}
      onClose={() => {
        for (const object of OBJECTS) changes[object].forget();
      }}
    />
  );
}
