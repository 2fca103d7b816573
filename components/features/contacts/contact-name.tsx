import clsx from "clsx";
import { useTranslations } from "next-intl";
import { StatePill } from "@/components/ui/state-pill";
import { RECORD_TONE } from "@/lib/browser/record-tone";
import type { RecordRow } from "@/lib/contracts/records";

/** Name with the company beside it, or a faint "No name". */
export function ContactName({ row }: { row: RecordRow }) {
  const t = useTranslations("contacts");
  return (
    <span className="flex min-w-0 items-baseline gap-2">
      {row.name === "" ? (
        <span className="shrink-0 text-ink-faint">{t("noName")}</span>
      ) : (
        <span className={clsx("truncate font-medium text-ink", row.company !== "" && "max-w-[72%] shrink-0")}>
          {row.name}
        </span>
      )}
      {row.company !== "" && <span className="truncate text-ink-faint text-xs">{row.company}</span>}
    </span>
  );
}

/** State as icon and word; the reason for failing or being excluded on hover. */
export function ContactState({ row }: { row: RecordRow }) {
  const states = useTranslations("states");
  const reason = useStateReason(row);
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

/** Why a row fails or is excluded, in a few words; null for the other states. */
export function useStateReason(row: RecordRow): string | null {
  const errors = useTranslations("errors");
  const reasons = useTranslations("reasons");
  if (row.state === "failing" && row.errorType !== null) {
    const type = errors.has(`${row.errorType}.title`) ? row.errorType : "unknown";
    return errors(`${type}.title`, { side: row.errorSide ?? "salesforce" });
  }
  if (row.state === "excluded" && row.exclusionReason !== null) {
    const key = `exclusions.${row.exclusionReason}`;
    const words = reasons(reasons.has(key) ? key : "exclusions.other");
    // Written for the middle of a sentence; here it stands alone
    return words.charAt(0).toUpperCase() + words.slice(1);
  }
  return null;
}
