import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { InvitationPage } from "@/components/features/invitation/invitation-page";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("settings.invitation");
  // The address holds a secret: no other site learns it as the one somebody came from.
  return { title: t("inviteTitle"), referrer: "no-referrer", robots: { index: false } };
}

export default function Page() {
  return <InvitationPage />;
}
