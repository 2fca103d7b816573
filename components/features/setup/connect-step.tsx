"use client";

import { useTranslations } from "next-intl";
import { Sides } from "@/components/connection/sides";
import { SignInHint } from "@/components/connection/sign-in-hint";
import type { ConnectionView } from "@/lib/contracts/connection";
import type { Side } from "@/lib/decide/record-types";
import { StepFrame, type StepProps } from "./step-frame";

/** The two columns fill up: one side after the other. */
export function ConnectStep({ side, connection, ...step }: StepProps & { side: Side; connection: ConnectionView }) {
  const t = useTranslations("setup");
  const crm = useTranslations("shell")(side);
  return (
    <StepFrame {...step} blocked={connection[side].connected ? undefined : t("connectFirst", { crm })}>
      {!connection[side].connected && <SignInHint side={side} />}
      <Sides connection={connection} mayEdit={step.mayEdit} />
    </StepFrame>
  );
}
