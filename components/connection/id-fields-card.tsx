"use client";

import { Check } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardFooter, CardHeader } from "@/components/ui/card";
import { CrmTag } from "@/components/ui/crm-tag";
import { apiSend } from "@/lib/browser/api-client";
import type { ConnectionView } from "@/lib/contracts/connection";
import type { Side } from "@/lib/decide/record-types";
import { useConnectionAction } from "./use-connection-action";

function SideFields({ side, missing }: { side: Side; missing: string[] }) {
  const t = useTranslations("connection.idFields");
  const shell = useTranslations("shell");
  return (
    <div className="min-w-0 flex-1">
      <p className="mb-1.5 flex items-center gap-2 text-ink-soft text-xs">
        <CrmTag letter={side === "hubspot" ? "H" : "S"} name={shell(side)} />
        {t(side)}
      </p>
      {missing.length === 0 ? (
        <p className="flex items-center gap-1.5 text-ok text-sm">
          <Check className="size-3.5" aria-hidden />
          {t("there")}
        </p>
      ) : (
        <ul className="flex flex-wrap gap-1.5">
          {missing.map((field) => (
            <li
              key={field}
              className="break-all rounded-sm border border-line bg-hover px-1.5 py-0.5 font-mono text-xs"
            >
              {field}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** The id fields of spec M6 and M7: created only with consent, and what is weaker without them. */
export function IdFieldsCard({ connection, mayEdit }: { connection: ConnectionView; mayEdit: boolean }) {
  const t = useTranslations("connection.idFields");
  const hubspot = connection.hubspot.missingIdFields;
  const salesforce = connection.salesforce.missingIdFields;
  const complete = hubspot.length + salesforce.length === 0;
  // Before syncing was ever turned on, the set-up does that, and nothing here starts it.
  const isNew = connection.turnedOnAt === null;
  const mayStart = connection.status === "setup" && !isNew;
  const prepare = useConnectionAction(
    (createIdFields: boolean) => apiSend("POST", "/api/connection/prepare", { createIdFields, turnOn: !isNew }),
    t(isNew ? "made" : "done"),
  );
  return (
    <Card aria-labelledby="id-fields-title">
      <CardHeader id="id-fields-title" title={t("title")} note={complete ? t("complete") : t("note")} />
      {!complete && (
        <CardBody className="flex flex-col gap-4">
          <div className="flex flex-col gap-4 sm:flex-row">
            <SideFields side="hubspot" missing={hubspot} />
            <SideFields side="salesforce" missing={salesforce} />
          </div>
          <p className="max-w-[720px] text-ink-soft text-sm">{t("leadSource")}</p>
          <div className="max-w-[720px] text-ink-soft text-sm">
            <p className="font-medium text-ink">{t("without")}</p>
            <ul className="mt-1 list-disc space-y-0.5 pl-5 marker:text-ink-faint">
              {salesforce.length > 0 && <li>{t("weakerSalesforce")}</li>}
              {hubspot.length > 0 && <li>{t("weakerHubspot")}</li>}
            </ul>
          </div>
        </CardBody>
      )}
      {mayEdit && (!complete || mayStart) && (
        <CardFooter>
          {mayStart && (
            <Button busy={prepare.isPending && prepare.variables === false} onClick={() => prepare.mutate(false)}>
              {complete ? t("start") : t("skip")}
            </Button>
          )}
          {!complete && (
            <Button
              variant="primary"
              busy={prepare.isPending && prepare.variables === true}
              onClick={() => prepare.mutate(true)}
            >
              {t("create")}
            </Button>
          )}
        </CardFooter>
      )}
    </Card>
  );
}
