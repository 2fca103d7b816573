"use client";

import clsx from "clsx";
import { useTranslations } from "next-intl";
import { BridgeArrow } from "@/components/ui/bridge-arrow";
import { RULE_ARROW } from "@/lib/browser/rule-arrow";
import type { UpdateRule } from "@/lib/decide/record-types";

/** As people look for them: HubSpot's own order, then the two that it lacks, then off. */
const ORDER: readonly UpdateRule[] = [
  "prefer_salesforce",
  "always_salesforce",
  "two_way",
  "prefer_hubspot",
  "always_hubspot",
  "dont_sync",
];

type RulePickerProps = { value: UpdateRule; onChange: (rule: UpdateRule) => void; disabled: boolean };

/** Every rule with its arrow and what it does in a sentence, clears included. */
export function RulePicker({ value, onChange, disabled }: RulePickerProps) {
  const t = useTranslations("mappings");
  return (
    <fieldset disabled={disabled}>
      <legend className="mb-1.5 font-medium text-sm">{t("drawer.rule")}</legend>
      <div className="divide-y divide-line overflow-hidden rounded-lg border border-line">
        {ORDER.map((rule) => (
          <label
            key={rule}
            className={clsx(
              "flex cursor-pointer items-start gap-3 px-3 py-2.5 has-disabled:cursor-not-allowed",
              "has-focus-visible:outline-2 has-focus-visible:outline-accent has-focus-visible:-outline-offset-2",
              rule === value ? "bg-accent-soft/60" : "hover:bg-hover",
            )}
          >
            <input
              type="radio"
              name="rule"
              value={rule}
              checked={rule === value}
              onChange={() => onChange(rule)}
              className="mt-1 size-3.5 shrink-0 accent-accent"
            />
            <span className="min-w-0 flex-1">
              <span className="flex items-center justify-between gap-3">
                <span className="font-medium text-sm">{t(`rules.${rule}.name`)}</span>
                <BridgeArrow
                  left={RULE_ARROW[rule].toHubspot}
                  right={RULE_ARROW[rule].toSalesforce}
                  label={t(`rules.${rule}.arrow`)}
                />
              </span>
              <span className="block text-ink-soft text-xs">{t(`rules.${rule}.text`)}</span>
            </span>
          </label>
        ))}
      </div>
      <p className="mt-1.5 text-ink-faint text-xs">{t("firstSync")}</p>
    </fieldset>
  );
}
