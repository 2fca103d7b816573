"use client";

import { IdFieldsCard } from "@/components/connection/id-fields-card";
import { PermissionReport } from "@/components/connection/permission-report";
import type { ConnectionView } from "@/lib/contracts/connection";
import { StepFrame, type StepProps } from "./step-frame";

/** What both sign-ins may, and the id fields that are made with consent. Nothing here keeps anybody from going on. */
export function PermissionsStep({ connection, ...step }: StepProps & { connection: ConnectionView }) {
  return (
    <StepFrame {...step}>
      <PermissionReport />
      <IdFieldsCard connection={connection} mayEdit={step.mayEdit} />
    </StepFrame>
  );
}
