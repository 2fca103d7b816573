"use client";

import { useQuery } from "@tanstack/react-query";
import { X } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import { FilterChip } from "@/components/ui/filter-chip";
import { RECORD_TONE } from "@/lib/browser/record-tone";
import type { RecordList, RecordReasons, RecordState } from "@/lib/contracts/records";
import { ListChip } from "./list-chip";
import {
  chipStates,
  chooseState,
  type ListedObject,
  listCauses,
  type RecordFilters,
  sumCounts,
} from "./record-filters";
import { reasonsQuery } from "./records-queries";
import { useCauseWords } from "./use-cause-words";

/** Causes shown before the rest is folded: about one line. */
const FIRST_CAUSES = 5;

type FilterChipsProps = {
  object: ListedObject;
  first: RecordList | undefined;
  /** Of the list that is chosen, once it is known */
  listName: string | undefined;
  filters: RecordFilters;
  onChange: (filters: Partial<RecordFilters>) => void;
};

const LINE = "-mx-4 flex min-w-0 gap-1.5 overflow-x-auto px-4 py-0.5 sm:mx-0 sm:flex-wrap sm:px-0";

/** One chip per state and one for a list; under the failing and the excluded ones, a chip per error or reason. */
export function FilterChips({ object, first, listName, filters, onChange }: FilterChipsProps) {
  const t = useTranslations("records");
  const states = useTranslations("states");
  const format = useFormatter();
  const counts: Partial<Record<RecordState, number>> = first?.counts ?? {};
  const count = (value: number) => (first ? format.number(value) : "–");
  const { state } = filters;
  // Asked for before they are shown, so that choosing a state does not push the list down a moment later
  const { data: causes } = useQuery(reasonsQuery(object, filters.list));
  const choose = (next: RecordState | null) => onChange(chooseState(filters, next));
  return (
    <div className="flex flex-col gap-1.5">
      <fieldset className={LINE}>
        <legend className="sr-only">{t("filterByState")}</legend>
        <FilterChip
          label={t("all")}
          count={count(sumCounts(counts))}
          pressed={state === null}
          onPress={() => choose(null)}
        />
        {chipStates(counts, state).map((name) => (
          <FilterChip
            key={name}
            label={states(name)}
            count={count(counts[name] ?? 0)}
            tone={RECORD_TONE[name]}
            pressed={state === name}
            onPress={() => choose(state === name ? null : name)}
          />
        ))}
        <ListChip object={object} listId={filters.list} name={listName} onChoose={(list) => onChange({ list })} />
      </fieldset>
      {(state === "failing" || state === "excluded") && (
        <CauseChips key={state} state={state} causes={causes} filters={filters} onChange={onChange} />
      )}
    </div>
  );
}

type CauseChipsProps = Pick<FilterChipsProps, "filters" | "onChange"> & {
  state: "failing" | "excluded";
  causes: RecordReasons | undefined;
};

function CauseChips({ state, causes: counts, filters, onChange }: CauseChipsProps) {
  const t = useTranslations("records");
  const format = useFormatter();
  const words = useCauseWords();
  const [all, setAll] = useState(false);
  const isFailing = state === "failing";
  const chosen = isFailing ? filters.error : filters.reason;
  const causes = listCauses((isFailing ? counts?.errors : counts?.reasons) ?? {}, chosen);
  // One cause alone narrows nothing.
  if (causes.length < 2 && chosen === null) return null;
  const shown = causes.filter(({ code }, index) => all || index < FIRST_CAUSES || code === chosen);
  const choose = (code: string | null) =>
    onChange({ state, error: isFailing ? code : null, reason: isFailing ? null : code });
  return (
    <fieldset className={LINE}>
      <legend className="sr-only">{t(isFailing ? "filterByError" : "filterByReason")}</legend>
      {shown.map(({ code, count }) => (
        <CauseChip
          key={code}
          label={isFailing ? words.error(code, null) : words.reason(code)}
          count={format.number(count)}
          pressed={code === chosen}
          onPress={() => choose(code === chosen ? null : code)}
        />
      ))}
      {shown.length < causes.length && (
        <button
          type="button"
          onClick={() => setAll(true)}
          className="h-6 shrink-0 rounded-sm px-1.5 text-ink-faint text-xs hover:bg-hover hover:text-ink"
        >
          {t("moreCauses", { count: causes.length - shown.length })}
        </button>
      )}
    </fieldset>
  );
}

type CauseChipProps = { label: string; count: string; pressed: boolean; onPress: () => void };

/** Quieter than the states above it; the chosen one shows the cross that takes it away. */
function CauseChip({ label, count, pressed, onPress }: CauseChipProps) {
  return (
    <button
      type="button"
      aria-pressed={pressed}
      onClick={onPress}
      className={
        pressed
          ? "inline-flex h-6 max-w-80 shrink-0 items-center gap-1.5 rounded-md border border-ink bg-pressed px-2 font-medium text-ink text-xs"
          : "inline-flex h-6 max-w-80 shrink-0 items-center gap-1.5 rounded-md border border-line bg-surface px-2 text-ink-soft text-xs hover:bg-hover hover:text-ink"
      }
    >
      <span className="truncate">{label}</span>
      <span className="text-ink-faint tabular-nums">{count}</span>
      {pressed && <X className="size-3 shrink-0" aria-hidden />}
    </button>
  );
}
