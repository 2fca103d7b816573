"use client";

import { Milestone } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { Banner } from "@/components/ui/banner";
import { Button, buttonClass } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { RelativeTime } from "@/components/ui/relative-time";
import { PipelineCard } from "./pipeline-card";
import { type Deals, listLostPairs, type Pair } from "./stage-pairs";

type DealStagesProps = {
  deals: Deals | null;
  isOn: boolean;
  pairs: Pair[];
  disabled: boolean;
  onChange: (pairs: Pair[]) => void;
};

/** P2: a card for each pipeline, HubSpot's stages left and Salesforce's right. */
export function DealStages({ deals, isOn, pairs, disabled, onChange }: DealStagesProps) {
  const t = useTranslations("stages.deals");
  const open = (
    <Link href="/connection" className={buttonClass("secondary", "sm")}>
      {t("openConnection")}
    </Link>
  );
  const lost = deals ? listLostPairs(deals, pairs) : [];
  return (
    <section aria-label={t("title")} className="flex flex-col gap-4">
      <header>
        <h2 className="font-semibold text-base">{t("title")}</h2>
        <p className="text-ink-soft text-sm">
          {t("note")}{" "}
          {deals?.readAt && (
            <span className="text-ink-faint">{t.rich("readAt", { time: () => <ReadAt at={deals.readAt} /> })}</span>
          )}
        </p>
      </header>
      {deals && !isOn && <Banner tone="mute" title={t("off")} actions={open} />}
      {lost.length > 0 && (
        <Banner
          tone="warn"
          title={t("lost", { count: lost.length })}
          actions={
            !disabled && (
              <Button size="sm" onClick={() => onChange(pairs.filter((pair) => !lost.includes(pair)))}>
                {t("removeLost")}
              </Button>
            )
          }
        >
          {t("lostText", { names: lost.map((pair) => pair.stageName).join(", ") })}
        </Banner>
      )}
      {deals === null ? (
        <Card>
          <EmptyState icon={Milestone} title={t(isOn ? "unread" : "off")} action={!isOn && open}>
            {t(isOn ? "unreadText" : "offText")}
          </EmptyState>
        </Card>
      ) : (
        deals.pipelines.map((pipeline) => (
          <PipelineCard
            key={pipeline.id}
            pipeline={pipeline}
            deals={deals}
            pairs={pairs}
            disabled={disabled}
            onChange={onChange}
          />
        ))
      )}
    </section>
  );
}

function ReadAt({ at }: { at: string | null }) {
  return at && <RelativeTime at={at} />;
}
