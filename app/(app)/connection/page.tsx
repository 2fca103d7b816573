import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requirePage } from "@/app/require-page";
import { ConnectionPage } from "@/components/features/connection/connection-page";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("shell");
  return { title: t("connection") };
}

type PageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function Page({ searchParams }: PageProps) {
  const query = await searchParams;
  await requirePage("/connection", query);
  const { problem } = query;
  return <ConnectionPage problem={Array.isArray(problem) ? problem[0] : problem} />;
}
