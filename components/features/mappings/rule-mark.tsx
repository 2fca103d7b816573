"use client";

import { useTranslations } from "next-intl";
import { BridgeArrow } from "@/components/ui/bridge-arrow";
import { RULE_ARROW } from "@/lib/browser/rule-arrow";
import type { UpdateRule } from "@/lib/decide/record-types";

/** The rule drawn as an arrow; in words on hover and for screen readers. */
export function RuleMark({ rule }: { rule: UpdateRule }) {
  const t = useTranslations("mappings.rules");
  const words = `${t(`${rule}.name`)}: ${t(`${rule}.arrow`)}`;
  return (
    <span title={words} className="inline-flex">
      <BridgeArrow left={RULE_ARROW[rule].toHubspot} right={RULE_ARROW[rule].toSalesforce} label={words} />
    </span>
  );
}
