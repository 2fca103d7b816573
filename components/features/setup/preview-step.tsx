"use client";

import { Eye } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { PreviewSummary } from "@/components/jobs/preview-summary";
import { useStartPreview } from "@/components/jobs/use-start-job";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { CrmTag } from "@/components/ui/crm-tag";
import { EmptyState } from "@/components/ui/empty-state";
import { useUrlParams } from "@/lib/browser/use-url-params";
import type { ConnectionView } from "@/lib/contracts/connection";
import { type Look, listLooks, readLooks, writeLooks } from "./preview-looks";
import { StepFrame, type StepProps } from "./step-frame";

/** X1: what turning on would do, object by object and side by side; nothing is written. Found again after a reload. */
export function PreviewStep({ connection, ...step }: StepProps & { connection: ConnectionView }) {
  const t = useTranslations("setup.preview");
  const looks = listLooks(connection.settings);
  const { ids, look, busy } = useLooks(looks);
  const begun = ids.length > 0;
  return (
    <StepFrame {...step} {...(begun ? {} : { next: t("skip"), isSkip: true })}>
      {!begun && (
        <Card>
          <EmptyState
            icon={Eye}
            title={t("title")}
            action={
              step.mayEdit && (
                <Button variant="primary" busy={busy} onClick={() => void look()}>
                  {t("look")}
                </Button>
              )
            }
          >
            {t("what")}
          </EmptyState>
        </Card>
      )}
      {begun && (
        <Card aria-labelledby="looks-title">
          <CardHeader
            id="looks-title"
            title={t("result")}
            note={t("nothingWritten")}
            actions={
              step.mayEdit && (
                <Button size="sm" busy={busy} onClick={() => void look()}>
                  {t("again")}
                </Button>
              )
            }
          />
          {looks.map((one, place) => (
            <LookRow
              key={`${one.side} ${one.object}`}
              look={one}
              id={ids[place] ?? null}
              // Before the first check HubSpot's companies are not known when accounts are looked at.
              mayMeetCompanies={connection.turnedOnAt === null}
            />
          ))}
        </Card>
      )}
    </StepFrame>
  );
}

/** The previews' ids stand in the address, in the order of the looks. */
function useLooks(looks: Look[]) {
  const { params, replace } = useUrlParams();
  const { start } = useStartPreview();
  const [busy, setBusy] = useState(false);
  const ids = readLooks(params.get("looks"), looks.length);
  const look = async () => {
    if (busy) return;
    setBusy(true);
    const begun: (string | null)[] = [];
    for (const { side, object } of looks) {
      const id = await start({ kind: side === "hubspot" ? "import_hubspot" : "import_salesforce", object });
      begun.push(id);
      // One refusal is told once; the others would be refused alike.
      if (id === null) break;
    }
    setBusy(false);
    if (begun.every((id) => id === null)) return;
    replace(new URLSearchParams({ step: "preview", looks: writeLooks(begun) }));
  };
  return { ids, look, busy };
}

type LookRowProps = { look: Look; id: string | null; mayMeetCompanies: boolean };

function LookRow({ look: { side, object }, id, mayMeetCompanies }: LookRowProps) {
  const t = useTranslations("setup.preview");
  const shell = useTranslations("shell");
  return (
    <CardBody className="border-line border-b last:border-b-0">
      <h3 className="mb-1.5 flex items-center gap-2 font-medium text-sm">
        <CrmTag letter={side === "hubspot" ? "H" : "S"} name={shell(side)} />
        {t(`from.${side}.${object}`)}
      </h3>
      {mayMeetCompanies && side === "salesforce" && object === "company" && (
        <p className="mb-1 text-ink-faint text-xs">{t("accountsHint")}</p>
      )}
      {id === null ? <p className="text-ink-soft text-sm">{t("notLooked")}</p> : <PreviewSummary id={id} isLookOnly />}
    </CardBody>
  );
}
