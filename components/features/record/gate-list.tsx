"use client";

import { useTranslations } from "next-intl";
import { GateLine } from "@/components/record-words/gate-line";
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
