import { Building2, CircleCheck, Handshake, ListChecks, PowerOff, SearchX, Users } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { Button, buttonClass } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { blameFilter, type ListedObject, type RecordFilters } from "./record-filters";
import { useCauseWords } from "./use-cause-words";

const ICON = { contact: Users, company: Building2, deal: Handshake };

type RecordsEmptyProps = {
  object: ListedObject;
  /** The object syncs at all; null while that is not known */
  isOn: boolean | null;
  filters: RecordFilters;
  total: number;
  /** Of the list that is chosen */
  listName: string | undefined;
  onChange: (filters: Partial<RecordFilters>) => void;
};

/** Says that the object is off, that nothing is there yet, or which filter hides everything, with the button that helps. */
export function RecordsEmpty({ object, isOn, filters, total, listName, onChange }: RecordsEmptyProps) {
  const blame = blameFilter(filters, total);
  if (blame === "list") return <NobodyOfList object={object} filters={filters} name={listName} onChange={onChange} />;
  return blame === "none_yet" ? (
    <NoneYet object={object} isOn={isOn} />
  ) : (
    <NoMatches blame={blame} filters={filters} onChange={onChange} />
  );
}

function NoneYet({ object, isOn }: Pick<RecordsEmptyProps, "object" | "isOn">) {
  const t = useTranslations("records.empty");
  const action = (
    <Link href="/connection" className={buttonClass("primary")}>
      {t(isOn === false ? "turnOn" : "openConnection", { object })}
    </Link>
  );
  return isOn === false ? (
    <EmptyState icon={PowerOff} title={t("offTitle", { object })} action={action}>
      {t("offText", { object })}
    </EmptyState>
  ) : (
    <EmptyState icon={ICON[object]} title={t("noneTitle", { object })} action={action}>
      {t("noneText", { object })}
    </EmptyState>
  );
}

type NobodyOfListProps = Pick<RecordsEmptyProps, "object" | "filters" | "onChange"> & { name: string | undefined };

/** The list is empty, or none of its members was looked at yet: the way to where they are synced. */
function NobodyOfList({ object, filters, name = "", onChange }: NobodyOfListProps) {
  const t = useTranslations("records.empty");
  const actions = (
    <>
      <Link href={`/lists?object=${object}&list=${filters.list}`} className={buttonClass("primary")}>
        {t("openList")}
      </Link>
      <Button onClick={() => onChange({ list: null })}>{t("clearList")}</Button>
    </>
  );
  return (
    <EmptyState icon={ListChecks} title={t("listTitle", { name })} action={actions}>
      {t("listText")}
    </EmptyState>
  );
}

type NoMatchesProps = Pick<RecordsEmptyProps, "filters" | "onChange"> & {
  blame: "search" | "state" | "cause" | "both";
};

function NoMatches({ blame, filters, onChange }: NoMatchesProps) {
  const t = useTranslations("records.empty");
  const states = useTranslations("states");
  const words = useCauseWords();
  const { search, state, error, reason } = filters;
  const cause = error !== null ? words.error(error, null) : reason !== null ? words.reason(reason) : null;
  const values = { search, state: cause ?? (state === null ? "" : states(state).toLowerCase()), cause: cause ?? "" };
  const clearSearch = <Button onClick={() => onChange({ search: "" })}>{t("clearSearch")}</Button>;
  const clearState = (
    <Button onClick={() => onChange({ state: null, error: null, reason: null })}>{t("clearState")}</Button>
  );
  if (blame === "search") {
    return (
      <EmptyState icon={SearchX} title={t("searchTitle", values)} action={clearSearch}>
        {t("searchText")}
      </EmptyState>
    );
  }
  if (blame === "both") {
    const actions = (
      <>
        {clearState}
        {clearSearch}
      </>
    );
    return (
      <EmptyState icon={SearchX} title={t(cause === null ? "bothTitle" : "bothCauseTitle", values)} action={actions}>
        {t("bothText")}
      </EmptyState>
    );
  }
  if (blame === "cause") {
    const clearCause = (
      <Button onClick={() => onChange({ error: null, reason: null })}>
        {t("clearCause", { state: state ?? "none" })}
      </Button>
    );
    return (
      <EmptyState icon={CircleCheck} title={t("causeTitle", values)} action={clearCause}>
        {t("causeText")}
      </EmptyState>
    );
  }
  const failing = state === "failing";
  return (
    <EmptyState
      icon={failing ? CircleCheck : SearchX}
      title={failing ? t("stateFailingTitle") : t("stateTitle", values)}
      action={clearState}
    >
      {failing ? t("stateFailingText") : t("stateText")}
    </EmptyState>
  );
}
