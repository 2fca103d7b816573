"use client";

import { useQuery } from "@tanstack/react-query";
import { Download } from "lucide-react";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { BrakeCard } from "@/components/brake/brake-card";
import { PageBody, PageHeader } from "@/components/layout/page-header";
import { Button } from "@/components/ui/button";
import { missingOverlay } from "@/components/ui/missing-part";
import { TabLinks } from "@/components/ui/tab-links";
import { meQuery } from "@/lib/browser/me-query";
import { useUrlParams } from "@/lib/browser/use-url-params";
import { JobsTab } from "./jobs-tab";
import { readTab } from "./runs-filter";
import { RunsTab } from "./runs-tab";

const ImportDialog = dynamic(() => import("./import-dialog").then((file) => file.ImportDialog).catch(missingOverlay), {
  ssr: false,
});

/** What has been done: checks and syncs by themselves, and jobs that people started; here imports begin. */
export function RunsPage() {
  const t = useTranslations("runs");
  const { data: me } = useQuery(meQuery);
  const { params, setParams } = useUrlParams();
  const tab = readTab(params);
  const mayImport = me?.permissions.includes("sync") === true;
  const wish = params.get("import");
  return (
    <PageBody wide>
      <PageHeader
        className="mb-3"
        title={t("title")}
        description={t("intro")}
        actions={
          mayImport && (
            <Button icon={<Download aria-hidden />} onClick={() => setParams({ tab: "jobs", import: "hubspot" })}>
              {t("import.open")}
            </Button>
          )
        }
      />
      <BrakeCard />
      <TabLinks
        label={t("tabs.label")}
        className="mb-4"
        tabs={[
          { href: "/runs", label: t("tabs.runs"), isHere: tab === "runs" },
          { href: "/runs?tab=jobs", label: t("tabs.jobs"), isHere: tab === "jobs" },
        ]}
      />
      {tab === "runs" ? <RunsTab /> : <JobsTab />}
      {wish !== null && mayImport && (
        <ImportDialog
          source={wish === "salesforce" ? "salesforce" : "hubspot"}
          onClose={() => setParams({ import: null })}
          onPreview={(preview) => setParams({ tab: "jobs", import: null, preview })}
        />
      )}
    </PageBody>
  );
}
