"use client";

import { Check, X } from "lucide-react";
import { useTranslations } from "next-intl";
import type { RecordDetail } from "@/lib/contracts/records";

/** One gate, passed or not, with the fact that was used. */
export function GateLine({ gate }: { gate: RecordDetail["gates"][number] }) {
  const t = useTranslations("record.why");
  const reasons = useTranslations("reasons.gates");
  const key = reasons.has(`${gate.name}.name`) ? gate.name : "unknown";
  const values = { name: gate.name, fact: gate.fact === "" ? "none" : gate.fact };
  const Icon = gate.passed ? Check : X;
  return (
    <li className="flex items-start gap-2 text-sm">
      <span
        className={
          gate.passed
            ? "mt-0.5 flex size-4 shrink-0 items-center justify-center rounded-full bg-ok-soft text-ok"
            : "mt-0.5 flex size-4 shrink-0 items-center justify-center rounded-full bg-fail-soft text-fail"
        }
      >
        <Icon className="size-3" strokeWidth={3} aria-hidden />
        <span className="sr-only">{gate.passed ? t("passed") : t("failed")}</span>
      </span>
      <span className="min-w-0">
        <span className="block">{reasons(`${key}.name`, values)}</span>
        <span className="block break-words text-ink-faint text-xs">
          {reasons(gate.passed ? `${key}.yes` : `${key}.no`, values)}
        </span>
      </span>
    </li>
  );
}
