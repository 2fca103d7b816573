import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requirePage } from "@/app/require-page";
import { RecordPage } from "@/components/features/record/record-page";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("record.card");
  return { title: t("title") };
}

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  await requirePage(`/deals/${encodeURIComponent(id)}`);
  return <RecordPage id={id} object="deal" />;
}
