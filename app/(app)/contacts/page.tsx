import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Suspense } from "react";
import { ContactsPage } from "@/components/features/contacts/contacts-page";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("contacts");
  return { title: t("title") };
}

export default function Page() {
  return (
    <Suspense>
      <ContactsPage />
    </Suspense>
  );
}
