import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requirePage } from "@/app/require-page";
import { InclusionPage } from "@/components/features/inclusion/inclusion-page";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("inclusion");
  return { title: t("title") };
}

type PageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function Page({ searchParams }: PageProps) {
  await requirePage("/inclusion", await searchParams);
  return <InclusionPage />;
}
