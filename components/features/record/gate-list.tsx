"use client";

import { Check, X } from "lucide-react";
import { useTranslations } from "next-intl";
import type { RecordDetail } from "@/lib/contracts/records";
import { CardSection } from "./card-section";

type Gates = RecordDetail["gates"];

/** Why the record is (not) syncing: every gate, passed or not, with the fact that was used. */
export function GateList({ gates, open }: { gates: Gates; open: boolean }) {
  const t = useTranslations("record.why");
  const closed = gates.filter((gate) => !gate.passed).length;
  const note =
    gates.length === 0 ? undefined : closed > 0 ? t("open", { count: closed }) : t("allOpen", { count: gates.length });
  return (
    <CardSection title={t("title")} note={note} initiallyOpen={open} key={String(open)}>
      {gates.length === 0 ? (
        <p className="px-4 pb-4 text-ink-faint text-sm sm:px-5">{t("notReached")}</p>
      ) : (
        <ul className="grid gap-x-8 gap-y-2 px-4 pb-4 sm:px-5 lg:grid-cols-2">
          {gates.map((gate) => (
            <GateLine key={gate.name} gate={gate} />
          ))}
        </ul>
      )}
    </CardSection>
  );
}

function GateLine({ gate }: { gate: Gates[number] }) {
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
