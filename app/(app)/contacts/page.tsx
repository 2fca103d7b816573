import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Suspense } from "react";
import { requirePage } from "@/app/require-page";
import { ContactsPage } from "@/components/features/contacts/contacts-page";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("contacts");
  return { title: t("title") };
}

type PageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function Page({ searchParams }: PageProps) {
  await requirePage("/contacts", await searchParams);
  return (
    <Suspense>
      <ContactsPage />
    </Suspense>
  );
}
