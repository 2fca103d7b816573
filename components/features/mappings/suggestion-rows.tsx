"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import clsx from "clsx";
import { Plus, Sparkle } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { showToast } from "@/components/ui/toast";
import type { MappingInput, MappingSuggestions } from "@/lib/contracts/mappings";
import type { MappingForm } from "./form-types";
import { formOf } from "./mapping-form";
import { MAPPING_GRID } from "./mapping-row";
import { createMapping, refreshMappings } from "./mappings-queries";
import { RuleMark } from "./rule-mark";
import { useMappingWords } from "./use-mapping-words";

type Suggestion = MappingSuggestions["suggestions"][number];
/** Enough to see what it is about; the rest unfolds. */
const FIRST = 5;

type SuggestionRowsProps = {
  suggestions: Suggestion[];
  mayEdit: boolean;
  onAdjust: (form: MappingForm) => void;
  /** Labels of what was added */
  onAdded: (labels: string[]) => void;
};

function inputOfSuggestion(suggestion: Suggestion): MappingInput {
  const { reason: _reason, hubspotLabel: _hubspot, salesforceLabel: _salesforce, ...input } = suggestion;
  return input;
}

/** Pairs that fit but are not mapped yet, as ghost rows to accept one by one or all. */
export function SuggestionRows({ suggestions, mayEdit, onAdjust, onAdded }: SuggestionRowsProps) {
  const t = useTranslations("mappings.suggestions");
  const client = useQueryClient();
  const words = useMappingWords();
  const [all, setAll] = useState(false);
  const accept = useMutation({
    // One after the other: two may want the same field, and then the first wins.
    mutationFn: async (chosen: Suggestion[]) => {
      const failures: unknown[] = [];
      const added: string[] = [];
      for (const one of chosen) {
        try {
          await createMapping(inputOfSuggestion(one));
          added.push(one.hubspotLabel);
        } catch (error) {
          failures.push(error);
        }
      }
      return { added, failures };
    },
    onSuccess: ({ added, failures }) => {
      if (added.length > 0) {
        showToast({ tone: "ok", title: t("accepted", { count: added.length }) });
        onAdded(added);
      }
      if (failures.length > 0) {
        showToast({
          tone: "fail",
          title: t("someFailed", { count: failures.length }),
          detail: words.problem(failures[0]),
        });
      }
    },
    onSettled: () => refreshMappings(client),
  });
  if (suggestions.length === 0) return null;
  const shown = all ? suggestions : suggestions.slice(0, FIRST);
  return (
    <Card aria-label={t("title", { count: suggestions.length })} className="mt-6 border-dashed bg-transparent">
      <header className="flex flex-wrap items-center justify-between gap-3 px-4 py-3">
        <div className="flex min-w-0 items-start gap-2.5">
          <Sparkle className="mt-0.5 size-4 shrink-0 text-ink-faint" aria-hidden />
          <div>
            <h2 className="font-semibold text-sm">{t("title", { count: suggestions.length })}</h2>
            <p className="text-ink-faint text-xs">{t("text")}</p>
          </div>
        </div>
        {mayEdit && (
          <Button size="sm" busy={accept.isPending} onClick={() => accept.mutate(suggestions)}>
            {t("acceptAll", { count: suggestions.length })}
          </Button>
        )}
      </header>
      <ul>
        {shown.map((suggestion) => (
          <li
            key={suggestion.hubspotProperty}
            className={clsx(
              MAPPING_GRID,
              "flex flex-col gap-2 border-line border-t border-dashed px-4 py-2.5 text-ink-soft text-sm md:min-h-12 md:py-1.5",
            )}
          >
            <span className="min-w-0">
              <span className="flex min-w-0 items-center gap-2">
                <span className="truncate">{suggestion.hubspotLabel}</span>
                <Badge>{t(`reasons.${suggestion.reason}`)}</Badge>
              </span>
              <span className="block truncate font-mono text-2xs text-ink-faint">{suggestion.hubspotProperty}</span>
            </span>
            <span className="flex md:justify-center">
              <RuleMark rule={suggestion.rule} />
            </span>
            <span className="min-w-0">
              <span className="block truncate">{suggestion.salesforceLabel}</span>
              <span className="block truncate font-mono text-2xs text-ink-faint">
                {[
                  ...new Set(
                    [suggestion.leadField, suggestion.contactField, suggestion.salesforceField].filter(
                      (f) => f !== null,
                    ),
                  ),
                ].join(" · ")}
              </span>
            </span>
            <span className="flex items-center md:justify-end">
              {mayEdit && (
                <span className="flex gap-1">
                  <Button variant="ghost" size="sm" onClick={() => onAdjust(formOf(suggestion))}>
                    {t("adjust")}
                  </Button>
                  <Button
                    size="sm"
                    icon={<Plus aria-hidden />}
                    aria-label={t("acceptName", { name: suggestion.hubspotLabel })}
                    disabled={accept.isPending}
                    onClick={() => accept.mutate([suggestion])}
                  >
                    {t("accept")}
                  </Button>
                </span>
              )}
            </span>
          </li>
        ))}
      </ul>
      {suggestions.length > FIRST && (
        <button
          type="button"
          aria-expanded={all}
          onClick={() => setAll(!all)}
          className="h-9 w-full border-line border-t border-dashed text-ink-faint text-xs hover:text-ink focus-visible:-outline-offset-2"
        >
          {all ? t("hide") : t("show", { count: suggestions.length - FIRST })}
        </button>
      )}
    </Card>
  );
}
