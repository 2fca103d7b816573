import { X } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { FilterChip } from "@/components/ui/filter-chip";
import { SearchInput } from "@/components/ui/search-input";
import { SegmentedControl } from "@/components/ui/segmented-control";
import type { ErrorGroup } from "@/lib/contracts/errors";
import { countObjects, narrowGroups, sumRecords } from "./health-filters";
import type { useHealthView } from "./use-health-view";

const SIDES = ["hubspot", "salesforce"] as const;

type HealthToolbarProps = { control: ReturnType<typeof useHealthView>; groups: readonly ErrorGroup[] };

/** Search, open or closed, and chips for objects and sides; all of it stands in the address. */
export function HealthToolbar({ control, groups }: HealthToolbarProps) {
  const t = useTranslations("health");
  const format = useFormatter();
  const { view, typed, setTyped, narrow, clear } = control;
  const ofSide = narrowGroups(groups, { object: null, side: view.side });
  const objects = countObjects(ofSide, view.object);
  const count = (rows: readonly ErrorGroup[]) => format.number(sumRecords(rows));
  const isFiltered = view.search !== "" || view.object !== null || view.side !== null;
  const sides = SIDES.filter((side) => side === view.side || groups.some((group) => group.side === side));
  return (
    <div className="mb-5 flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-3">
        <SearchInput
          value={typed}
          onChange={setTyped}
          label={t("search")}
          clearLabel={t("clearSearch")}
          className="w-full sm:w-80"
        />
        <SegmentedControl
          label={t("states.label")}
          value={view.state}
          onChange={(state) => narrow({ state })}
          segments={[
            { value: "open", label: t("states.open") },
            { value: "closed", label: t("states.closed") },
          ]}
        />
        {isFiltered && (
          <Button size="sm" variant="ghost" icon={<X aria-hidden />} onClick={clear}>
            {t("clear")}
          </Button>
        )}
      </div>
      {(groups.length > 0 || isFiltered) && (
        <fieldset className="-mx-4 flex min-w-0 gap-1.5 overflow-x-auto px-4 py-0.5 sm:mx-0 sm:flex-wrap sm:px-0">
          <legend className="sr-only">{t("filters")}</legend>
          <FilterChip
            label={t("allObjects")}
            count={count(ofSide)}
            pressed={view.object === null}
            onPress={() => narrow({ object: null })}
          />
          {objects.map(({ object, records }) => (
            <FilterChip
              key={object}
              label={t.has(`objects.${object}`) ? t(`objects.${object}`) : object}
              count={format.number(records)}
              pressed={view.object === object}
              onPress={() => narrow({ object: view.object === object ? null : object })}
            />
          ))}
          {sides.length > 0 && <span aria-hidden className="mx-1 w-px self-stretch bg-line" />}
          {sides.map((side) => (
            <FilterChip
              key={side}
              label={t("refusedBy", { side })}
              count={count(narrowGroups(groups, { object: view.object, side }))}
              pressed={view.side === side}
              onPress={() => narrow({ side: view.side === side ? null : side })}
            />
          ))}
        </fieldset>
      )}
    </div>
  );
}
