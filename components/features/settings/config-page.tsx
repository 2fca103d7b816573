"use client";

import { useQuery } from "@tanstack/react-query";
import { Download } from "lucide-react";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { buttonClass } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { missingPart } from "@/components/ui/missing-part";
import { Skeleton } from "@/components/ui/skeleton";
import { meQuery } from "@/lib/browser/me-query";
import { SectionHead } from "./section-head";

// Reading a file needs the schemas, which no other page here does
const ConfigImport = dynamic(() => import("./config-import").then((file) => file.ConfigImport).catch(missingPart), {
  loading: () => <Skeleton className="h-24 w-full" />,
});

/** X5: settings and mappings as one file: take it along, compare another one, import it. */
export function ConfigPage() {
  const t = useTranslations("settings.config");
  const { data: me } = useQuery(meQuery);
  return (
    <section aria-label={t("title")} className="flex flex-col gap-6">
      <div>
        <SectionHead title={t("title")} note={t("note")} />
        <Card>
          <CardBody className="flex flex-wrap items-center justify-between gap-x-8 gap-y-3">
            <div className="min-w-0">
              <h3 className="font-medium text-sm">{t("export")}</h3>
              <p className="text-ink-faint text-xs">{t("exportHint")}</p>
            </div>
            <a href="/api/config" download className={buttonClass("secondary")}>
              <Download aria-hidden />
              {t("download")}
            </a>
          </CardBody>
        </Card>
      </div>
      <Card aria-labelledby="import-title">
        <CardHeader id="import-title" title={t("import")} note={t("importHint")} />
        {me?.permissions.includes("configure") ? (
          <ConfigImport />
        ) : (
          <CardBody className="text-ink-soft text-sm">{me ? t("readOnly") : " "}</CardBody>
        )}
      </Card>
    </section>
  );
}
