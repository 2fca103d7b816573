"use client";

import { useQuery } from "@tanstack/react-query";
import { ChevronDown } from "lucide-react";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { type ComponentType, useState } from "react";
import { buttonClass } from "@/components/ui/button";
import { missingOverlay } from "@/components/ui/missing-part";
import { showToast } from "@/components/ui/toast";
import { useProblemWords } from "@/lib/browser/use-problem-words";
import { DEFAULT_VIEWS } from "./default-views";
import { isSameView, type ListedObject, type RecordFilters } from "./record-filters";
import type { ViewsMenuProps } from "./views-menu";
import { type ViewEdit, viewsQuery } from "./views-queries";

const loadMenu = () => import("./views-menu").then((file) => file.ViewsMenu);
const ViewDialog = dynamic(() => import("./view-dialog").then((file) => file.ViewDialog).catch(missingOverlay), {
  ssr: false,
});

type ViewsButtonProps = { object: ListedObject; filters: RecordFilters; onOpen: (filters: RecordFilters) => void };
/** The name of the view that is open. The menu's popup code comes with the pointer or the focus, and opens with the first press. */
export function ViewsButton({ object, filters, onOpen }: ViewsButtonProps) {
  const t = useTranslations("records.views");
  const words = useProblemWords();
  const { data: views = [] } = useQuery(viewsQuery(object));
  const [Menu, setMenu] = useState<ComponentType<ViewsMenuProps> | null>(null);
  const [edit, setEdit] = useState<ViewEdit | null>(null);
  const saved = views.find((view) => isSameView(view.filters, filters));
  const standard = DEFAULT_VIEWS.find((view) => isSameView(view.filters, filters));
  const name = standard ? t(`standard.${standard.key}`) : (saved?.name ?? t("unsaved"));
  const label = (
    <>
      <span className="max-w-48 truncate">{name}</span>
      <ChevronDown aria-hidden />
    </>
  );
  const prepare = () => void loadMenu().catch(() => undefined);
  const openMenu = async () => {
    try {
      const loaded = await loadMenu();
      setMenu(() => loaded);
    } catch (error) {
      const { title, what } = words(error);
      showToast({ tone: "fail", title, detail: what });
    }
  };
  const trigger = { label, name: t("button", { name }), className: buttonClass("secondary") };
  return (
    <>
      {Menu ? (
        <Menu
          trigger={trigger}
          views={views}
          current={standard ? null : (saved ?? null)}
          isSaved={standard !== undefined || saved !== undefined}
          filters={filters}
          object={object}
          onOpen={onOpen}
          onEdit={setEdit}
        />
      ) : (
        <button
          type="button"
          aria-haspopup="menu"
          aria-expanded={false}
          aria-label={trigger.name}
          onPointerEnter={prepare}
          onFocus={prepare}
          onClick={() => void openMenu()}
          className={trigger.className}
        >
          {label}
        </button>
      )}
      {edit && <ViewDialog object={object} filters={filters} edit={edit} onClose={() => setEdit(null)} />}
    </>
  );
}
