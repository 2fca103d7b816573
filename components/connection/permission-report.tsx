"use client";

import { useIsFetching, useQuery, useQueryClient } from "@tanstack/react-query";
import { CircleCheck, RefreshCw, TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Card, CardHeader } from "@/components/ui/card";
import { ProblemState } from "@/components/ui/problem-state";
import { RelativeTime } from "@/components/ui/relative-time";
import { Skeleton } from "@/components/ui/skeleton";
import type { MissingRight, Permissions } from "@/lib/contracts/permissions";
import { MissingList } from "./missing-list";
import { permissionsQuery } from "./permissions-query";
import { RightsTable } from "./rights-table";

/** X9: which rights are missing for what is set, with the cure of each; *Check again* asks both systems anew. */
export function PermissionReport() {
  const t = useTranslations("permissions");
  const client = useQueryClient();
  const { data, error, refetch } = useQuery(permissionsQuery);
  const busy = useIsFetching({ queryKey: permissionsQuery.queryKey }) > 0;
  return (
    <Card aria-labelledby="permissions-title">
      <CardHeader
        id="permissions-title"
        title={t("title")}
        note={
          data ? (
            <>
              {t("checked")} <RelativeTime at={data.checkedAt} />
            </>
          ) : (
            t("note")
          )
        }
        actions={
          <Button
            size="sm"
            icon={<RefreshCw aria-hidden />}
            busy={busy}
            onClick={() => void client.invalidateQueries({ queryKey: permissionsQuery.queryKey })}
          >
            {t("again")}
          </Button>
        }
      />
      {data && <Findings permissions={data} />}
      {!data && error && <ProblemState error={error} onRetry={() => void refetch()} />}
      {!data && !error && (
        <div aria-busy="true" className="flex flex-col gap-3 p-4">
          <Skeleton className="h-4 w-64" />
          <Skeleton className="h-32 w-full" />
        </div>
      )}
    </Card>
  );
}

function Findings({ permissions: { hubspot, salesforce, missing } }: { permissions: Permissions }) {
  const t = useTranslations("permissions");
  const scopesMissing = missing.filter((one) => one.right === "scope").length;
  return (
    <div className="divide-y divide-line" aria-live="polite">
      {missing.length === 0 ? (
        <p className="flex items-center gap-2 px-4 py-3 text-sm">
          <CircleCheck className="size-4 shrink-0 text-ok" aria-hidden />
          {t("complete")}
        </p>
      ) : (
        <MissingList missing={missing.filter((one) => one.right !== "id_field")} />
      )}
      <MissingIdFields fields={missing.filter((one) => one.right === "id_field")} />
      {hubspot && (
        <p className="px-4 py-2.5 text-ink-soft text-sm tabular-nums">
          {t("hubspotScopes", { granted: hubspot.needed - scopesMissing, needed: hubspot.needed })}
        </p>
      )}
      {salesforce && salesforce.objects.length > 0 && <RightsTable objects={salesforce.objects} />}
    </div>
  );
}

/** Told in one place: they are made together, with one consent. */
function MissingIdFields({ fields }: { fields: MissingRight[] }) {
  const t = useTranslations("permissions.idFields");
  if (fields.length === 0) return null;
  return (
    <div className="flex items-start gap-2.5 px-4 py-3 text-sm">
      <TriangleAlert className="mt-0.5 size-4 shrink-0 text-warn" aria-hidden />
      <div className="min-w-0">
        <p className="font-medium">{t("title", { count: fields.length })}</p>
        <p className="text-ink-soft">{t("without")}</p>
        <p className="mt-0.5 break-words text-ink-soft">
          <span className="text-ink-faint">{t("cure")}</span>{" "}
          <code className="font-mono text-2xs">{fields.map((one) => `${one.object}.${one.field}`).join(", ")}</code>
        </p>
      </div>
    </div>
  );
}
