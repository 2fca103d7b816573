"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { Banner } from "@/components/ui/banner";
import { buttonClass } from "@/components/ui/button";
import type { Settings } from "@/lib/browser/settings-draft";
import type { MappedObject } from "@/lib/decide/record-types";

/** Whether records of the object travel at all; tasks do when one of their two ways is on. */
export function isObjectOn(object: MappedObject, settings: Settings): boolean {
  if (object === "contact") return settings.contactSyncOn;
  if (object === "task") return settings.activities.task || settings.salesforceActivities.task;
  return settings[object].on;
}

/** Where the object is switched on. */
export const switchOf = (object: MappedObject) => (object === "task" ? "/activities" : "/connection");

/** The mappings are kept while their object is off; nothing of them travels. */
export function ObjectOffBanner({ object, mayEdit }: { object: MappedObject; mayEdit: boolean }) {
  const t = useTranslations("mappings.objectOff");
  const action = (
    <Link href={switchOf(object)} className={buttonClass("secondary", "sm")}>
      {t(object === "task" ? "openActivities" : "openConnection")}
    </Link>
  );
  return (
    <Banner tone="mute" title={t("title", { object })} actions={mayEdit ? action : undefined} className="mb-4">
      {t("text")}
    </Banner>
  );
}
