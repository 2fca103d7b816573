"use client";

import { ArrowLeftRight } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { buttonClass } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import type { MappedObject } from "@/lib/decide/record-types";
import { switchOf } from "./object-off";

type NoMappingsProps = { object: MappedObject; isOff: boolean; mayEdit: boolean };

/** Mappings come by themselves once both CRMs are connected and the object is on. */
export function NoMappings({ object, isOff, mayEdit }: NoMappingsProps) {
  const t = useTranslations("mappings");
  const href = isOff ? switchOf(object) : "/connection";
  const action = mayEdit && (
    <Link href={href} className={buttonClass("primary")}>
      {t(href === "/activities" ? "objectOff.openActivities" : "objectOff.openConnection")}
    </Link>
  );
  return (
    <Card>
      <EmptyState
        icon={ArrowLeftRight}
        title={isOff ? t("objectOff.title", { object }) : t("empty.title")}
        action={action}
      >
        {isOff ? t("objectOff.emptyText") : t("empty.text")}
      </EmptyState>
    </Card>
  );
}
