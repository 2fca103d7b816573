import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Suspense } from "react";
import { requirePage } from "@/app/require-page";
import { MappingsPage } from "@/components/features/mappings/mappings-page";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("mappings");
  return { title: t("title") };
}

type PageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function Page({ searchParams }: PageProps) {
  await requirePage("/mappings", await searchParams);
  return (
    <Suspense>
      <MappingsPage />
    </Suspense>
  );
}
