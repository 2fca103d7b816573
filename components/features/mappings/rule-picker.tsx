"use client";

import clsx from "clsx";
import { useTranslations } from "next-intl";
import { BridgeArrow } from "@/components/ui/bridge-arrow";
import { RULE_ARROW } from "@/lib/browser/rule-arrow";
import type { UpdateRule } from "@/lib/decide/record-types";
import { RULE_ORDER } from "./rule-order";

/** An owner travels both ways or not at all, whatever a mapping says (spec F15). */
const OWNER_RULES: readonly UpdateRule[] = ["two_way", "dont_sync"];

type RulePickerProps = {
  value: UpdateRule;
  onChange: (rule: UpdateRule) => void;
  disabled: boolean;
  isOwner: boolean;
};

/** Every rule with its arrow and what it does in a sentence, clears included. */
export function RulePicker({ value, onChange, disabled, isOwner }: RulePickerProps) {
  const t = useTranslations("mappings");
  const chosen = isOwner && value !== "dont_sync" ? "two_way" : value;
  return (
    <fieldset disabled={disabled}>
      <legend className="mb-1.5 font-medium text-sm">{t("drawer.rule")}</legend>
      <div className="divide-y divide-line overflow-hidden rounded-lg border border-line">
        {(isOwner ? OWNER_RULES : RULE_ORDER).map((rule) => (
          <label
            key={rule}
            className={clsx(
              "flex cursor-pointer items-start gap-3 px-3 py-2.5 has-disabled:cursor-not-allowed",
              "has-focus-visible:outline-2 has-focus-visible:outline-accent has-focus-visible:-outline-offset-2",
              rule === chosen ? "bg-accent-soft/60" : "hover:bg-hover",
            )}
          >
            <input
              type="radio"
              name="rule"
              value={rule}
              checked={rule === chosen}
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
