import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requirePage } from "@/app/require-page";
import { CampaignsPage } from "@/components/features/campaigns/campaigns-page";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("campaigns");
  return { title: t("title") };
}

export default async function Page() {
  await requirePage("/campaigns");
  return <CampaignsPage />;
}
