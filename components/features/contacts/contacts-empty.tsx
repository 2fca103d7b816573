import { CircleCheck, SearchX, Users } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button, buttonClass } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { blameFilter, type ContactFilters } from "./contact-filters";

type ContactsEmptyProps = {
  filters: ContactFilters;
  total: number;
  onClearSearch: () => void;
  onClearState: () => void;
};

/** Says which filter hides everything, with the button that lifts it. */
export function ContactsEmpty({ filters, total, onClearSearch, onClearState }: ContactsEmptyProps) {
  const t = useTranslations("contacts.empty");
  const states = useTranslations("states");
  const blame = blameFilter(filters, total);
  const clearSearch = <Button onClick={onClearSearch}>{t("clearSearch")}</Button>;
  const clearState = <Button onClick={onClearState}>{t("clearState")}</Button>;
  const state = filters.state === null ? "" : states(filters.state).toLowerCase();
  if (blame === "none_yet") {
    const open = (
      <a href="/connection" className={buttonClass("primary")}>
        {t("openConnection")}
      </a>
    );
    return (
      <EmptyState icon={Users} title={t("noneTitle")} action={open}>
        {t("noneText")}
      </EmptyState>
    );
  }
  if (blame === "search") {
    return (
      <EmptyState icon={SearchX} title={t("searchTitle", { search: filters.search })} action={clearSearch}>
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
      <EmptyState icon={SearchX} title={t("bothTitle", { search: filters.search, state })} action={actions}>
        {t("bothText")}
      </EmptyState>
    );
  }
  const failing = filters.state === "failing";
  return (
    <EmptyState
      icon={failing ? CircleCheck : SearchX}
      title={failing ? t("stateFailingTitle") : t("stateTitle", { state })}
      action={clearState}
    >
      {failing ? t("stateFailingText") : t("stateText")}
    </EmptyState>
  );
}
