import { ChevronRight } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import { CrmTag } from "@/components/ui/crm-tag";
import { RelativeTime } from "@/components/ui/relative-time";
import type { ErrorGroup } from "@/lib/contracts/errors";
import type { CategoryCard as CardFacts, ErrorState, PanelTarget } from "./health-filters";

type CategoryCardProps = { card: CardFacts; state: ErrorState; onOpen: (target: PanelTarget) => void };

/** One category with its error types; a type opens its panel. */
export function CategoryCard({ card, state, onOpen }: CategoryCardProps) {
  const t = useTranslations("health.card");
  const errors = useTranslations("errors");
  const title = errors.has(`categories.${card.category}`) ? errors(`categories.${card.category}`) : card.category;
  return (
    <Card aria-label={title} className="overflow-hidden">
      <header className="flex h-10 items-center justify-between gap-3 border-line border-b px-4">
        <h2 className="font-semibold text-sm">{title}</h2>
        <span className="text-ink-faint text-xs tabular-nums">{t("records", { count: card.records })}</span>
      </header>
      <ul className="divide-y divide-line">
        {card.groups.map((group) => (
          <TypeRow
            key={`${group.type} ${group.object} ${group.side}`}
            group={group}
            state={state}
            onOpen={() => onOpen({ type: group.type, object: group.object, side: group.side })}
          />
        ))}
      </ul>
    </Card>
  );
}

function TypeRow({ group, state, onOpen }: { group: ErrorGroup; state: ErrorState; onOpen: () => void }) {
  const t = useTranslations("health");
  const errors = useTranslations("errors");
  const format = useFormatter();
  const type = errors.has(`${group.type}.title`) ? group.type : "unknown";
  const at = state === "open" ? group.since : group.newest;
  return (
    <li>
      <button
        type="button"
        aria-haspopup="dialog"
        onClick={onOpen}
        className="group flex w-full items-center gap-3 px-4 py-2.5 text-left text-sm hover:bg-hover focus-visible:-outline-offset-2"
      >
        <CrmTag letter={group.side === "hubspot" ? "H" : "S"} name={t("refusedBy", { side: group.side })} />
        <span className="min-w-0 flex-1">
          <span className="block font-medium text-ink">{errors(`${type}.title`, { side: group.side })}</span>
          <span className="block text-ink-faint text-xs">
            {t(`objects.${group.object}`)} ·{" "}
            {t.rich(state === "open" ? "card.since" : "card.closed", { time: () => <RelativeTime at={at} /> })}
          </span>
        </span>
        <span className={state === "open" ? "font-medium text-fail tabular-nums" : "text-ink-soft tabular-nums"}>
          {format.number(group.records)}
          <span className="sr-only"> {t("card.open")}</span>
        </span>
        <ChevronRight className="size-4 shrink-0 text-ink-faint group-hover:text-ink" aria-hidden />
      </button>
    </li>
  );
}
