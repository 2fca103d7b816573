"use client";

import { useTranslations } from "next-intl";
import { LIST_OBJECTS } from "@/components/lists/lists-queries";
import { SettingsFrame } from "@/components/settings-form/settings-frame";
import { useSettingsForm } from "@/components/settings-form/use-settings-form";
import { FilterCard } from "./filter-card";
import { InclusionCard } from "./inclusion-card";
import { useFilterCheck } from "./use-filter-check";

/** Who syncs: the inclusion list of each object (spec G2), and what a Salesforce record must be like (G4). */
export function InclusionPage() {
  const t = useTranslations("inclusion");
  const form = useSettingsForm();
  const check = useFilterCheck(form);
  return (
    <SettingsFrame form={{ ...form, submit: check.submit }} title={t("title")} description={t("intro")} isMixed>
      {(settings) => (
        <>
          {LIST_OBJECTS.map((object) => (
            <InclusionCard
              key={object}
              object={object}
              list={settings.inclusionLists[object]}
              saved={form.saved?.inclusionLists[object] ?? null}
              isOn={object === "contact" ? settings.contactSyncOn : settings[object].on}
              problem={form.connection.data?.problems.find((problem) => problem.object === object)}
              mayEdit={form.mayEdit}
              onChange={(list) => form.changeIn("inclusionLists", object, list)}
            />
          ))}
          <FilterCard
            filter={settings.salesforceFilter}
            saved={form.saved?.salesforceFilter ?? {}}
            isOn={{ company: settings.company.on, deal: settings.deal.on }}
            faultAt={check.faultAt}
            mayEdit={form.mayEdit}
            onChange={(filter) => form.change("salesforceFilter", filter)}
          />
        </>
      )}
    </SettingsFrame>
  );
}
