"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { Banner } from "@/components/ui/banner";
import { Button, buttonClass } from "@/components/ui/button";
import type { MappingList } from "@/lib/contracts/mappings";

type Required = MappingList["requiredUnfilled"][number];
type RequiredBannerProps = { required: Required[]; mayEdit: boolean; onMap: (required: Required) => void };

/** Required Salesforce fields that nothing fills: told before the first refusal, with both cures. */
export function RequiredBanner({ required, mayEdit, onMap }: RequiredBannerProps) {
  const t = useTranslations("mappings");
  const first = required[0];
  if (!first) return null;
  const nameOf = (one: Required) => `${one.label} (${t(`types.${one.type}`)})`;
  const actions = mayEdit && (
    <>
      <Button size="sm" onClick={() => onMap(first)}>
        {t("requiredBanner.map", { name: nameOf(first) })}
      </Button>
      <Link href="/connection" className={buttonClass("secondary", "sm")}>
        {t("requiredBanner.defaults")}
      </Link>
    </>
  );
  return (
    <Banner
      tone="warn"
      className="mb-4"
      title={t("requiredBanner.title", { count: required.length })}
      actions={actions || undefined}
    >
      <p className="font-medium text-ink">{required.map(nameOf).join(", ")}</p>
      <p>{t("requiredBanner.text")}</p>
    </Banner>
  );
}
