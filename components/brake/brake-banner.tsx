"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { Banner } from "@/components/ui/banner";
import { buttonClass } from "@/components/ui/button";
import { brakeQuery } from "./brake-query";

/** One line that a run waits for a person's word, with the way to where it is given. */
export function BrakeBanner() {
  const t = useTranslations("runs.brake");
  const brake = useQuery(brakeQuery).data?.brake;
  if (!brake) return null;
  return (
    <Banner
      tone="warn"
      title={t("title")}
      actions={
        <Link href="/runs" className={buttonClass("secondary", "sm")}>
          {t("look")}
        </Link>
      }
    >
      {t("counts", { creates: brake.creates, overwrites: brake.overwrites, deletes: brake.deletes })}
    </Banner>
  );
}
