"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { SettingsFrame } from "@/components/settings-form/settings-frame";
import { useSettingsForm } from "@/components/settings-form/use-settings-form";
import { Banner } from "@/components/ui/banner";
import { buttonClass } from "@/components/ui/button";
import { meQuery } from "@/lib/browser/me-query";
import type { ActivityExample } from "@/lib/decide/activity-examples";
import { FromSalesforceCard } from "./from-salesforce-card";
import { ToSalesforceCard } from "./to-salesforce-card";
import { WritingCard } from "./writing-card";

/** What each toggle writes, in both languages of the written text */
export type Examples = Record<"en" | "ja", ActivityExample[]>;

/** Which activities travel, each with what it writes on the other side (spec A1–A5). */
export function ActivitiesPage({ examples }: { examples: Examples }) {
  const t = useTranslations("activities");
  const form = useSettingsForm();
  const { data: me } = useQuery(meQuery);
  return (
    <SettingsFrame
      form={form}
      title={t("title")}
      description={t("description")}
      actions={
        me?.permissions.includes("sync") && (
          <Link href="/runs?tab=jobs&import=hubspot" className={buttonClass("secondary", "md")}>
            {t("importPast")}
          </Link>
        )
      }
    >
      {(settings) => (
        <>
          {!settings.contactSyncOn && (
            <Banner tone="warn" title={t("contactsOff")}>
              {t("contactsOffWhat")}
            </Banner>
          )}
          <ToSalesforceCard
            settings={settings}
            saved={form.saved ?? settings}
            examples={examples[settings.activityLanguage]}
            disabled={!form.mayEdit}
            onToggle={(toggle, on) => form.changeIn("activities", toggle, on)}
          />
          <FromSalesforceCard
            settings={settings}
            saved={form.saved ?? settings}
            disabled={!form.mayEdit}
            onToggle={(toggle, on) => form.changeIn("salesforceActivities", toggle, on)}
          />
          <WritingCard settings={settings} disabled={!form.mayEdit} onChange={form.change} />
        </>
      )}
    </SettingsFrame>
  );
}
