import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requirePage } from "@/app/require-page";
import { StagesPage } from "@/components/features/stages/stages-page";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("stages");
  return { title: t("title") };
}

type PageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function Page({ searchParams }: PageProps) {
  await requirePage("/stages", await searchParams);
  // No Suspense around it: its late hydration would meet answers that have come since, and differ from the server's HTML
  return <StagesPage />;
}
