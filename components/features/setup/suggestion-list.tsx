"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { BridgeArrow } from "@/components/ui/bridge-arrow";
import { Button } from "@/components/ui/button";
import { showToast } from "@/components/ui/toast";
import { ApiProblem, apiSend } from "@/lib/browser/api-client";
import { arrowOfRule } from "@/lib/browser/rule-arrow";
import { useProblemWords } from "@/lib/browser/use-problem-words";
import type { MappingSuggestions } from "@/lib/contracts/mappings";

type Suggestion = MappingSuggestions["suggestions"][number];
/** Enough to see what it is about; the rest unfolds. */
const FIRST = 6;

/** Pairs of fields that fit and are not mapped yet, HubSpot left and Salesforce right, to accept one by one or all. */
export function SuggestionList({ suggestions, mayEdit }: { suggestions: Suggestion[]; mayEdit: boolean }) {
  const t = useTranslations("setup.mappings");
  const rules = useTranslations("mappings.rules");
  const [all, setAll] = useState(false);
  const accept = useAccept();
  if (suggestions.length === 0) return <p className="px-4 py-3 text-ink-soft text-sm">{t("noSuggestions")}</p>;
  const shown = all ? suggestions : suggestions.slice(0, FIRST);
  return (
    <div>
      <div className="flex flex-wrap items-center justify-between gap-2 px-4 py-2">
        <p className="text-ink-soft text-sm">{t("suggested", { count: suggestions.length })}</p>
        {mayEdit && (
          <Button size="sm" busy={accept.isPending} onClick={() => accept.mutate(suggestions)}>
            {t("acceptAll", { count: suggestions.length })}
          </Button>
        )}
      </div>
      <ul className="divide-y divide-line border-line border-t">
        {shown.map((one) => {
          const { toHubspot, toSalesforce } = arrowOfRule(one.rule);
          return (
            <li
              key={one.hubspotProperty}
              className="grid min-h-11 grid-cols-[minmax(0,1fr)_48px_minmax(0,1fr)_auto] items-center gap-3 px-4 py-1.5 text-sm"
            >
              <span className="min-w-0">
                <span className="block truncate">{one.hubspotLabel}</span>
                <span className="block truncate font-mono text-2xs text-ink-faint">{one.hubspotProperty}</span>
              </span>
              <BridgeArrow left={toHubspot} right={toSalesforce} label={rules(`${one.rule}.arrow`)} />
              <span className="min-w-0">
                <span className="block truncate">{one.salesforceLabel}</span>
                <span className="block truncate font-mono text-2xs text-ink-faint">
                  {[...new Set([one.leadField, one.contactField, one.salesforceField].filter(Boolean))].join(" · ")}
                </span>
              </span>
              {mayEdit && (
                <Button
                  size="sm"
                  icon={<Plus aria-hidden />}
                  aria-label={t("acceptName", { name: one.hubspotLabel })}
                  disabled={accept.isPending}
                  onClick={() => accept.mutate([one])}
                >
                  <span className="hidden sm:inline">{t("accept")}</span>
                </Button>
              )}
            </li>
          );
        })}
      </ul>
      {suggestions.length > FIRST && (
        <button
          type="button"
          aria-expanded={all}
          onClick={() => setAll(!all)}
          className="h-9 w-full border-line border-t text-ink-soft text-xs hover:text-ink focus-visible:-outline-offset-2"
        >
          {all ? t("fewer") : t("more", { count: suggestions.length - FIRST })}
        </button>
      )}
    </div>
  );
}

/** One after the other: two may want the same field, and then the first wins. */
function useAccept() {
  const t = useTranslations("setup.mappings");
  const client = useQueryClient();
  const words = useProblemWords();
  return useMutation({
    mutationFn: async (chosen: Suggestion[]) => {
      let accepted = 0;
      for (const { reason: _reason, hubspotLabel: _hubspot, salesforceLabel: _salesforce, ...input } of chosen) {
        try {
          await apiSend("POST", "/api/mappings", input);
          accepted += 1;
        } catch (error) {
          if (!(error instanceof ApiProblem) || error.code !== "already_mapped") throw error;
        }
      }
      return accepted;
    },
    onSuccess: (count) => showToast({ tone: "ok", title: t("accepted", { count }) }),
    onError: (error) => {
      const { title, what } = words(error);
      showToast({ tone: "fail", title, detail: what });
    },
    onSettled: () => client.invalidateQueries({ queryKey: ["mappings"] }),
  });
}
