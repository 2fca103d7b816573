"use client";

import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useRef } from "react";
import { CallbackProblem } from "@/components/connection/callback-problem";
import { SidesSkeleton } from "@/components/connection/sides";
import { PageBody, PageHeader } from "@/components/layout/page-header";
import { Card } from "@/components/ui/card";
import { missingPart } from "@/components/ui/missing-part";
import { ProblemState } from "@/components/ui/problem-state";
import { Skeleton } from "@/components/ui/skeleton";
import { connectionQuery } from "@/lib/browser/connection-query";
import { meQuery } from "@/lib/browser/me-query";
import type { ConnectionView } from "@/lib/contracts/connection";
import type { SetupStep } from "@/lib/decide/setup-steps";
import { ConnectStep } from "./connect-step";
import type { StepProps } from "./step-frame";
import { StepRail } from "./step-rail";
import { useSetupStep } from "./use-setup-step";

const Loading = () => (
  <div aria-busy="true" className="flex flex-col gap-4">
    <Skeleton className="h-6 w-56" />
    <Skeleton className="h-40 w-full" />
  </div>
);
// One step is shown at a time: the others come when they are gone to.
const PermissionsStep = dynamic(
  () => import("./permissions-step").then((file) => file.PermissionsStep).catch(missingPart),
  {
    loading: Loading,
  },
);
const ObjectsStep = dynamic(() => import("./objects-step").then((file) => file.ObjectsStep).catch(missingPart), {
  loading: Loading,
});
const CreationStep = dynamic(() => import("./creation-step").then((file) => file.CreationStep).catch(missingPart), {
  loading: Loading,
});
const InclusionStep = dynamic(() => import("./inclusion-step").then((file) => file.InclusionStep).catch(missingPart), {
  loading: Loading,
});
const MappingsStep = dynamic(() => import("./mappings-step").then((file) => file.MappingsStep).catch(missingPart), {
  loading: Loading,
});
const PreviewStep = dynamic(() => import("./preview-step").then((file) => file.PreviewStep).catch(missingPart), {
  loading: Loading,
});
const TurnOnStep = dynamic(() => import("./turn-on-step").then((file) => file.TurnOnStep).catch(missingPart), {
  loading: Loading,
});

/** From nothing to syncing in nine steps that can be left and gone on with. `problem` comes from the sign-in round trip. */
export function SetupPage({ problem }: { problem: string | undefined }) {
  const t = useTranslations("setup");
  const { data, error, refetch } = useQuery(connectionQuery);
  const { data: me } = useQuery(meQuery);
  const mayEdit = me?.permissions.includes("configure") === true;
  const isWhole = data?.hubspot.connected && data.salesforce.connected;
  const usual = !data?.turnedOnAt ? t("description") : isWhole ? t("allSet") : t("waits");
  const told = me && !mayEdit ? t("readOnly") : usual;
  return (
    <PageBody>
      <PageHeader title={t("title")} description={told} />
      <CallbackProblem problem={problem} />
      {data && me && <Walk connection={data} mayEdit={mayEdit} />}
      {!(data && me) && !error && <SidesSkeleton />}
      {!data && error && (
        <Card>
          <ProblemState error={error} onRetry={() => void refetch()} />
        </Card>
      )}
    </PageBody>
  );
}

function Walk({ connection, mayEdit }: { connection: ConnectionView; mayEdit: boolean }) {
  const { step, go } = useSetupStep(connection, mayEdit);
  const leave = useRef<(() => Promise<boolean>) | null>(null);
  const move = (next: SetupStep) => {
    const save = leave.current;
    if (save === null) go(next);
    else void save().then((isSaved) => isSaved && go(next));
  };
  return (
    <div className="mt-4 grid gap-x-10 gap-y-6 lg:grid-cols-[200px_minmax(0,1fr)]">
      <StepRail connection={connection} step={step} onGo={move} />
      <Step key={step} connection={connection} mayEdit={mayEdit} step={step} onGo={move} onNext={go} leave={leave} />
    </div>
  );
}

type WalkProps = StepProps & { connection: ConnectionView };

function Step(props: WalkProps) {
  const { connection: _, ...step } = props;
  switch (props.step) {
    case "hubspot":
    case "salesforce":
      return <ConnectStep side={props.step} {...props} />;
    case "permissions":
      return <PermissionsStep {...props} />;
    case "objects":
      return <ObjectsStep {...props} />;
    case "creation":
      return <CreationStep {...step} />;
    case "inclusion":
      return <InclusionStep {...step} />;
    case "mappings":
      return <MappingsStep {...props} />;
    case "preview":
      return <PreviewStep {...props} />;
    case "turn_on":
      return <TurnOnStep {...props} />;
  }
}
