import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Suspense } from "react";
import { MappingsPage } from "@/components/features/mappings/mappings-page";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("mappings");
  return { title: t("title") };
}

export default function Page() {
  return (
    <Suspense>
      <MappingsPage />
    </Suspense>
  );
}
