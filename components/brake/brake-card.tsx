"use client";

import { useQuery } from "@tanstack/react-query";
import { CirclePause } from "lucide-react";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { missingOverlay, missingPart } from "@/components/ui/missing-part";
import { RelativeTime } from "@/components/ui/relative-time";
import { Skeleton } from "@/components/ui/skeleton";
import { meQuery } from "@/lib/browser/me-query";
import type { BrakeView } from "@/lib/contracts/brake";
import { brakeQuery } from "./brake-query";
import { useDecideBrake } from "./use-decide-brake";

const BrakeSamples = dynamic(() => import("./brake-samples").then((file) => file.BrakeSamples).catch(missingPart), {
  ssr: false,
  loading: () => <Skeleton className="h-24 w-full" />,
});
const BrakeDialog = dynamic(() => import("./brake-dialog").then((file) => file.BrakeDialog).catch(missingOverlay), {
  ssr: false,
});

/** A run that planned more than it may (spec C4): what it would write, some of it by name, and the two ways on. */
export function BrakeCard() {
  const brake = useQuery(brakeQuery).data?.brake;
  return brake ? <Waiting key={brake.id} brake={brake} /> : null;
}

function Waiting({ brake }: { brake: BrakeView }) {
  const t = useTranslations("runs.brake");
  const { data: me } = useQuery(meQuery);
  const [showsSamples, setShowsSamples] = useState(false);
  const [asked, setAsked] = useState<"approve" | "dismiss" | null>(null);
  const { decide, busy } = useDecideBrake(brake.id, () => setAsked(null));
  const mayDecide = me?.permissions.includes("configure") === true;
  const { creates, overwrites, deletes, pairs, reason } = brake;
  return (
    <Card role="alert" className="mb-4 border-warn/40 bg-warn-soft">
      <div className="flex flex-col gap-3 p-4">
        <div className="flex items-start gap-3">
          <CirclePause className="mt-0.5 size-4 shrink-0 text-warn" aria-hidden />
          <div className="min-w-0 text-sm">
            <p className="font-semibold">{t("title")}</p>
            <p className="tabular-nums">{t("counts", { creates, overwrites, deletes })}</p>
            <p className="text-ink-soft">
              {t(`reasons.${reason}`, { pairs })} {t("meanwhile")}{" "}
              <RelativeTime at={brake.plannedAt} className="text-ink-faint" />
            </p>
            {!mayDecide && <p className="text-ink-soft">{t("askAdmin")}</p>}
          </div>
        </div>
        <div className="flex flex-wrap gap-2 sm:pl-7">
          {mayDecide && (
            <>
              <Button variant="primary" size="sm" onClick={() => setAsked("approve")}>
                {t("approve")}
              </Button>
              <Button size="sm" onClick={() => setAsked("dismiss")}>
                {t("dismiss")}
              </Button>
            </>
          )}
          {brake.samples.length > 0 && (
            <Button
              variant="ghost"
              size="sm"
              aria-expanded={showsSamples}
              onClick={() => setShowsSamples(!showsSamples)}
            >
              {showsSamples ? t("hideSamples") : t("showSamples", { count: brake.samples.length })}
            </Button>
          )}
        </div>
        {showsSamples && <BrakeSamples samples={brake.samples} />}
      </div>
      {asked !== null && (
        <BrakeDialog
          brake={brake}
          decision={asked}
          busy={busy}
          onClose={() => setAsked(null)}
          onConfirm={() => decide(asked)}
        />
      )}
    </Card>
  );
}
