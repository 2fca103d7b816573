"use client";

import { usePathname, useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";

/** Why the sign-in at HubSpot or Salesforce did not end in a connection: what happened, what to do. */
export function CallbackProblem({ problem }: { problem: string | undefined }) {
  const t = useTranslations("connection.problems");
  const router = useRouter();
  const pathname = usePathname();
  if (!problem) return null;
  const known = t.has(`${problem}.title`) ? problem : "unknown";
  return (
    <Banner
      tone="fail"
      title={t(`${known}.title`)}
      actions={<Button onClick={() => router.replace(pathname)}>{t("dismiss")}</Button>}
    >
      {t(`${known}.what`)}
    </Banner>
  );
}
