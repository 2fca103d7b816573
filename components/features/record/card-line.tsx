"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useErrorWords, useTriggerWords } from "@/components/record-words/use-reason-words";
import type { RecordDetail } from "@/lib/contracts/records";
import { readCardSentence } from "./card-sentence";
import { Moment } from "./moment";

/** The one sentence that says where the record stands and why. */
export function CardLine({ record, busy }: { record: RecordDetail; busy: boolean }) {
  const t = useTranslations("record.card");
  const reasons = useTranslations("reasons");
  const triggers = useTriggerWords();
  const errorWords = useErrorWords(record.salesforceType);
  const sentence = busy ? ({ kind: "syncing" } as const) : readCardSentence(record);
  const rich = (key: string, parts: { time?: ReactNode; reason?: ReactNode }) =>
    t.rich(key, { time: () => parts.time, reason: () => parts.reason });
  switch (sentence.kind) {
    case "in_sync": {
      if (sentence.at === null) return t("inSyncNoTime");
      const time = <Moment at={sentence.at} />;
      if (sentence.trigger === null) return rich("inSync", { time });
      return rich("inSyncBecause", { time, reason: triggers.because(sentence.trigger) });
    }
    case "failing":
      return sentence.error === null
        ? t("failingPlain")
        : rich("failing", { reason: errorWords(sentence.error).short });
    case "excluded": {
      const key = `exclusions.${sentence.reason}`;
      return rich("excluded", { reason: reasons(reasons.has(key) ? key : "exclusions.other") });
    }
    case "due":
      return sentence.trigger === null ? t("due") : rich("dueBecause", { reason: triggers.because(sentence.trigger) });
    case "syncing":
      return t("syncing");
    case "paused":
      return t("paused");
  }
}
