"use client";

import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { BackfillOffer } from "@/components/backfill/backfill-offer";
import { useSavedChange } from "@/components/backfill/use-saved-change";
import { ReadAgainButton } from "@/components/schemas/read-again-button";
import { SettingsFrame } from "@/components/settings-form/settings-frame";
import { useSettingsForm } from "@/components/settings-form/use-settings-form";
import { Card } from "@/components/ui/card";
import { missingPart } from "@/components/ui/missing-part";
import { ProblemState } from "@/components/ui/problem-state";
import { Skeleton } from "@/components/ui/skeleton";
import { stagesQuery } from "./stages-query";

const CardSkeleton = () => (
  <Card aria-busy="true" className="flex flex-col gap-4 p-4">
    <Skeleton className="h-4 w-40" />
    <Skeleton className="h-40 w-full" />
  </Card>
);
// The boxes to choose from weigh more than the rest of the page, which need not wait for them.
const LifecycleCard = dynamic(() => import("./lifecycle-card").then((file) => file.LifecycleCard).catch(missingPart), {
  loading: CardSkeleton,
});
const LeadStatusCard = dynamic(
  () => import("./lead-status-card").then((file) => file.LeadStatusCard).catch(missingPart),
  {
    loading: CardSkeleton,
  },
);
const DealStages = dynamic(() => import("./deal-stages").then((file) => file.DealStages).catch(missingPart), {
  loading: CardSkeleton,
});

/** L1, P2: what moves the lifecycle stage by itself, and how lead statuses and deal stages meet. */
export function StagesPage() {
  const t = useTranslations("stages");
  const form = useSettingsForm();
  const stages = useQuery(stagesQuery);
  const changed = useSavedChange("stages", form.saved?.stagePairs);
  return (
    <SettingsFrame
      form={form}
      title={t("title")}
      description={t("description")}
      actions={form.mayEdit && <ReadAgainButton />}
    >
      {(settings) =>
        stages.data ? (
          <>
            {form.mayEdit && settings.deal.on && (
              <BackfillOffer
                objects={["deal"]}
                isOffered={changed.isChanged && !form.dirty}
                title={(count) => t("backfill", { count })}
                onClose={changed.forget}
              />
            )}
            <LifecycleCard
              lifecycle={settings.lifecycle}
              stages={stages.data.lifecycle}
              disabled={!form.mayEdit}
              onSwitch={(on) => form.changeIn("lifecycle", "on", on)}
              onChange={(steps) => form.changeIn("lifecycle", "steps", steps)}
            />
            <LeadStatusCard
              choices={stages.data.leadStatus}
              map={settings.lifecycle.leadStatus}
              disabled={!form.mayEdit}
              onChange={(map) => form.changeIn("lifecycle", "leadStatus", map)}
            />
            <DealStages
              deals={stages.data.deals}
              isOn={settings.deal.on}
              pairs={settings.stagePairs}
              disabled={!form.mayEdit}
              onChange={(pairs) => form.change("stagePairs", pairs)}
            />
          </>
        ) : (
          <StagesPending error={stages.error} onRetry={() => void stages.refetch()} />
        )
      }
    </SettingsFrame>
  );
}

function StagesPending({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  if (!error) return <CardSkeleton />;
  return (
    <Card>
      <ProblemState error={error} onRetry={onRetry} />
    </Card>
  );
}
