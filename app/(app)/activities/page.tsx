import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requirePage } from "@/app/require-page";
import { ActivitiesPage } from "@/components/features/activities/activities-page";
import { exampleActivities } from "@/lib/decide/activity-examples";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("activities");
  return { title: t("title") };
}

export default async function Page() {
  await requirePage("/activities");
  return <ActivitiesPage examples={{ en: exampleActivities("en"), ja: exampleActivities("ja") }} />;
}
