import { useLocale, useTranslations } from "next-intl";
import { StatePill } from "@/components/ui/state-pill";
import { formatAmount } from "@/lib/browser/format-amount";
import { RECORD_TONE } from "@/lib/browser/record-tone";
import type { RecordRow } from "@/lib/contracts/records";
import { useCauseWords } from "./use-cause-words";

/** Name with a contact's company beside it, which gives way first, or a faint "No name". */
export function RecordName({ row }: { row: RecordRow }) {
  const t = useTranslations("records");
  const company = row.object === "contact" ? row.company : "";
  return (
    <span className="flex min-w-0 items-baseline gap-2">
      {row.name === "" ? (
        <span className="shrink-0 text-ink-faint">{t("noName")}</span>
      ) : (
        <span className="truncate font-medium text-ink">{row.name}</span>
      )}
      {company !== "" && <span className="shrink-[999] truncate text-ink-faint text-xs">{company}</span>}
    </span>
  );
}

/** State as icon and word; the reason for failing or being excluded on hover. */
export function RecordStateWord({ row }: { row: RecordRow }) {
  const states = useTranslations("states");
  const reason = useRowReason(row);
  return (
    <span title={reason ?? undefined} className="flex items-center">
      <StatePill
        look="plain"
        tone={RECORD_TONE[row.state]}
        label={states(row.state)}
        moving={row.state === "syncing"}
      />
    </span>
  );
}

/** What tells records of one name apart: a contact's address, a company's domain, a deal's amount and stage. */
export function RecordDetailText({ row }: { row: RecordRow }) {
  const t = useTranslations("records");
  const locale = useLocale();
  if (row.object !== "deal") {
    return row.email ?? <span className="text-ink-faint">{t(row.object === "company" ? "noDomain" : "noEmail")}</span>;
  }
  const amount = formatAmount(row.deal, locale);
  const stage = row.deal?.stage ?? "";
  if (amount === "" && stage === "") return <span className="text-ink-faint">{t("noAmount")}</span>;
  return (
    <>
      {amount !== "" && <span className="text-ink tabular-nums">{amount}</span>}
      {amount !== "" && stage !== "" && <span className="text-ink-faint"> · </span>}
      {stage}
    </>
  );
}

/** Why a row fails or is excluded, in a few words; null for the other states. */
export function useRowReason(row: RecordRow): string | null {
  const words = useCauseWords();
  if (row.state === "failing" && row.errorType !== null) return words.error(row.errorType, row.errorSide);
  if (row.state === "excluded" && row.exclusionReason !== null) return words.reason(row.exclusionReason);
  return null;
}
