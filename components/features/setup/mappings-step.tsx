"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Card, CardHeader } from "@/components/ui/card";
import { ProblemState } from "@/components/ui/problem-state";
import { Skeleton } from "@/components/ui/skeleton";
import type { ConnectionView } from "@/lib/contracts/connection";
import { type MappedObject, setupMappingsQuery, setupSuggestionsQuery } from "./mappings-queries";
import { StepFrame, type StepProps } from "./step-frame";
import { SuggestionList } from "./suggestion-list";

/** F13: the mappings that stand, those that could be added, and required fields that nothing fills. */
export function MappingsStep({ connection, ...step }: StepProps & { connection: ConnectionView }) {
  const { company, deal, activities, salesforceActivities } = connection.settings;
  const objects: MappedObject[] = [
    "contact",
    ...(company.on ? (["company"] as const) : []),
    ...(deal.on ? (["deal"] as const) : []),
    ...(activities.task || salesforceActivities.task ? (["task"] as const) : []),
  ];
  return (
    <StepFrame {...step}>
      {objects.map((object) => (
        <ObjectMappings key={object} object={object} mayEdit={step.mayEdit} onCreation={() => step.onGo("creation")} />
      ))}
    </StepFrame>
  );
}

function ObjectMappings(props: { object: MappedObject; mayEdit: boolean; onCreation: () => void }) {
  const { object, mayEdit, onCreation } = props;
  const t = useTranslations("setup.mappings");
  const { data, error, refetch } = useQuery(setupMappingsQuery(object));
  const { data: suggested } = useQuery(setupSuggestionsQuery(object));
  const required = data?.requiredUnfilled.filter((one) => one.isCreated) ?? [];
  return (
    <Card aria-labelledby={`mappings-${object}`}>
      <CardHeader
        id={`mappings-${object}`}
        title={t(`objects.${object}`)}
        note={data && t("count", { count: data.mappings.filter((one) => one.rule !== "dont_sync").length })}
        actions={
          <Link
            href={`/mappings?object=${object}`}
            className="text-ink-soft text-sm underline underline-offset-2 hover:text-ink"
          >
            {t("open")}
          </Link>
        }
      />
      {!data && error && <ProblemState error={error} onRetry={() => void refetch()} />}
      {!data && !error && (
        <div aria-busy="true" className="p-4">
          <Skeleton className="h-16 w-full" />
        </div>
      )}
      {required.length > 0 && (
        <div className="p-4">
          <Banner
            tone="warn"
            title={t("required", { fields: required.map((one) => one.label).join(", ") })}
            actions={
              <Button size="sm" onClick={onCreation}>
                {t("setDefaults")}
              </Button>
            }
          >
            {t("requiredWhat")}
          </Banner>
        </div>
      )}
      {suggested && <SuggestionList suggestions={suggested.suggestions} mayEdit={mayEdit} />}
    </Card>
  );
}
