import { useTranslations } from "next-intl";
import { CrmTag } from "@/components/ui/crm-tag";
import { GridPart } from "@/components/ui/grid-part";
import type { Conflict } from "@/lib/contracts/conflicts";
import { CONFLICT_GRID, ConflictRow } from "./conflict-row";

/** HubSpot left, Salesforce right, between them what won and why; on narrow screens a row is a small card. */
export function ConflictTable({ conflicts }: { conflicts: readonly Conflict[] }) {
  const t = useTranslations("conflicts");
  return (
    <GridPart role="table" aria-label={t("title")}>
      <GridPart role="rowgroup" className="max-lg:sr-only">
        <GridPart role="row" className={`${CONFLICT_GRID} h-8 border-line border-b font-medium text-ink-faint text-xs`}>
          <GridPart role="columnheader">{t("columns.record")}</GridPart>
          <GridPart role="columnheader">{t("columns.field")}</GridPart>
          <GridPart role="columnheader" className="flex items-center gap-1.5">
            <CrmTag letter="H" name="HubSpot" className="size-3.5! text-[9px]!" />{" "}
            <span aria-hidden>{t("columns.hubspot")}</span>
          </GridPart>
          <GridPart role="columnheader">{t("columns.decision")}</GridPart>
          <GridPart role="columnheader" className="flex items-center gap-1.5">
            <CrmTag letter="S" name="Salesforce" className="size-3.5! text-[9px]!" />{" "}
            <span aria-hidden>{t("columns.salesforce")}</span>
          </GridPart>
        </GridPart>
      </GridPart>
      <GridPart role="rowgroup">
        {conflicts.map((conflict) => (
          <ConflictRow
            key={`${conflict.entryId} ${conflict.change.hubspotProperty} ${conflict.change.salesforceField}`}
            conflict={conflict}
          />
        ))}
      </GridPart>
    </GridPart>
  );
}
