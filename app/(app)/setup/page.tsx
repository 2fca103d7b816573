import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requirePage } from "@/app/require-page";
import { SetupPage } from "@/components/features/setup/setup-page";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("setup");
  return { title: t("title") };
}

type PageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function Page({ searchParams }: PageProps) {
  const query = await searchParams;
  await requirePage("/setup", query);
  const { problem } = query;
  return <SetupPage problem={Array.isArray(problem) ? problem[0] : problem} />;
}
