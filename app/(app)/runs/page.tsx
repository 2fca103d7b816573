import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requirePage } from "@/app/require-page";
import { RunsPage } from "@/components/features/runs/runs-page";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("runs");
  return { title: t("title") };
}

type PageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function Page({ searchParams }: PageProps) {
  await requirePage("/runs", await searchParams);
  // No Suspense around it: its late hydration would meet answers that have come since, and differ from the server's HTML
  return <RunsPage />;
}
