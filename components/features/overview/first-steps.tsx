"use client";

import clsx from "clsx";
import { ArrowLeftRight, Check } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { buttonClass } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { CrmTag } from "@/components/ui/crm-tag";
import type { Overview } from "@/lib/contracts/overview";

function SideColumn({ side, state }: { side: "hubspot" | "salesforce"; state: Overview["connection"]["hubspot"] }) {
  const t = useTranslations("overview.firstSteps");
  const shell = useTranslations("shell");
  return (
    <div
      className={clsx(
        "flex min-h-24 flex-col justify-center gap-1 rounded-lg border px-4 py-3",
        state.connected ? "border-line-strong" : "border-line-strong border-dashed",
      )}
    >
      <p className="flex items-center gap-2 font-semibold text-sm">
        <CrmTag letter={side === "hubspot" ? "H" : "S"} name={shell(side)} />
        {shell(side)}
      </p>
      {state.connected ? (
        <p className="flex items-center gap-1.5 text-ok text-sm">
          <Check className="size-3.5" aria-hidden />
          {state.name ?? t("connected")}
        </p>
      ) : (
        <p className="text-ink-faint text-sm">{t(`${side}Waits`)}</p>
      )}
    </div>
  );
}

/** Before anything is connected: the two columns that will fill up, and the one thing to do. */
export function FirstSteps({ overview }: { overview: Overview }) {
  const t = useTranslations("overview.firstSteps");
  const { hubspot, salesforce } = overview.connection;
  return (
    <Card className="p-6 sm:p-8">
      <div className="grid items-center gap-3 sm:grid-cols-[1fr_auto_1fr]">
        <SideColumn side="hubspot" state={hubspot} />
        <ArrowLeftRight className="mx-auto size-5 rotate-90 text-ink-faint sm:rotate-0" aria-hidden />
        <SideColumn side="salesforce" state={salesforce} />
      </div>
      <div className="mt-6 flex flex-col items-center text-center">
        <p className="max-w-[520px] text-ink-soft text-sm">{t("what")}</p>
        <Link href="/setup" className={buttonClass("primary", "md", "mt-4")}>
          {t(hubspot.connected || salesforce.connected ? "continue" : "begin")}
        </Link>
      </div>
    </Card>
  );
}
