"use client";

import { History } from "lucide-react";
import { useTranslations } from "next-intl";
import { Card, CardHeader } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Table, Th } from "@/components/ui/table";
import type { Run } from "@/lib/contracts/overview";
import { RunRow } from "./run-row";

/** Eight fit beside the error card without scrolling. */
const SHOWN = 8;

/** The last checks: when, why, what they changed on each side, how long they took. */
export function RunsCard({ runs }: { runs: Run[] }) {
  const t = useTranslations("overview.runs");
  return (
    // Without a name of its own: the part that scrolls carries it, and two landmarks of one name confuse (axe landmark-unique).
    <Card className="min-w-0">
      <CardHeader id="runs-title" title={t("title")} />
      {runs.length === 0 ? (
        <EmptyState icon={History} title={t("empty.title")}>
          {t("empty.what")}
        </EmptyState>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls sideways must be reachable by keyboard (axe scrollable-region-focusable)
        <section className="overflow-x-auto" aria-labelledby="runs-title" tabIndex={0}>
          <Table>
            <thead>
              <tr>
                <Th>{t("status")}</Th>
                <Th>{t("started")}</Th>
                <Th className="text-right">{t("toHubspot")}</Th>
                <Th className="text-right">{t("toSalesforce")}</Th>
                <Th className="text-right">{t("failed")}</Th>
                <Th className="text-right">{t("took")}</Th>
              </tr>
            </thead>
            <tbody>
              {runs.slice(0, SHOWN).map((run) => (
                <RunRow key={run.id} run={run} />
              ))}
            </tbody>
          </Table>
        </section>
      )}
    </Card>
  );
}
