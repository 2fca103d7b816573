"use client";

import { Menu } from "@base-ui/react/menu";
import { useQuery } from "@tanstack/react-query";
import { BookmarkPlus, Check, Pencil, Trash2, Users } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { meQuery } from "@/lib/browser/me-query";
import type { SavedView } from "@/lib/contracts/views";
import { DEFAULT_VIEWS } from "./default-views";
import { isSameView, type ListedObject, type RecordFilters } from "./record-filters";
import { useDeleteView } from "./use-delete-view";
import type { ViewEdit } from "./views-queries";

const ITEM =
  "flex min-h-8 cursor-default items-center gap-2 rounded-md px-2 py-1 text-sm outline-none data-highlighted:bg-hover data-disabled:text-ink-faint";

export type ViewsMenuProps = {
  trigger: { label: ReactNode; name: string; className: string };
  object: ListedObject;
  views: readonly SavedView[];
  /** The saved view that is open; null for the standard ones and for filters without a name */
  current: SavedView | null;
  isSaved: boolean;
  filters: RecordFilters;
  onOpen: (filters: RecordFilters) => void;
  onEdit: (edit: ViewEdit) => void;
};

/** Standard views, saved views, and what can be done with the one that is open. It opens by itself when it comes. */
export function ViewsMenu({ trigger, object, views, current, isSaved, filters, onOpen, onEdit }: ViewsMenuProps) {
  const t = useTranslations("records.views");
  const { data: me } = useQuery(meQuery);
  const remove = useDeleteView(object);
  const maySave = me?.permissions.includes("sync") ?? false;
  const mayChange =
    current !== null && maySave && (!current.shared || (me?.permissions.includes("configure") ?? false));
  return (
    <Menu.Root defaultOpen>
      <Menu.Trigger aria-label={trigger.name} className={trigger.className}>
        {trigger.label}
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner sideOffset={4} align="start" className="z-60">
          <Menu.Popup className="overlay-pop max-h-(--available-height) w-64 overflow-y-auto rounded-lg bg-raised p-1 shadow-overlay outline-none">
            {DEFAULT_VIEWS.map((view) => (
              <ViewItem
                key={view.key}
                name={t(`standard.${view.key}`)}
                isCurrent={isSameView(view.filters, filters)}
                onOpen={() => onOpen(view.filters)}
              />
            ))}
            {views.length > 0 && (
              <Menu.Group>
                <Menu.GroupLabel className="px-2 pt-2 pb-1 text-ink-faint text-xs">{t("saved")}</Menu.GroupLabel>
                {views.map((view) => (
                  <ViewItem
                    key={view.id}
                    name={view.name}
                    isCurrent={current?.id === view.id}
                    sharedLabel={view.shared ? t("shared") : null}
                    onOpen={() => onOpen(view.filters)}
                  />
                ))}
              </Menu.Group>
            )}
            {maySave && (
              <>
                <Menu.Separator className="my-1 h-px bg-line" />
                <Menu.Item className={ITEM} disabled={isSaved} onClick={() => onEdit({ kind: "save" })}>
                  <BookmarkPlus className="size-4 shrink-0 text-ink-faint" aria-hidden />
                  <span>
                    {t("save")}
                    {isSaved && <span className="block text-xs">{t(current ? "alreadySaved" : "nothingToSave")}</span>}
                  </span>
                </Menu.Item>
              </>
            )}
            {mayChange && (
              <>
                <Menu.Item className={ITEM} onClick={() => onEdit({ kind: "rename", view: current })}>
                  <Pencil className="size-4 shrink-0 text-ink-faint" aria-hidden />
                  {t("rename")}
                </Menu.Item>
                <Menu.Item className={ITEM} onClick={() => remove(current)}>
                  <Trash2 className="size-4 shrink-0 text-ink-faint" aria-hidden />
                  {t("delete")}
                </Menu.Item>
              </>
            )}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

type ViewItemProps = { name: string; isCurrent: boolean; sharedLabel?: string | null; onOpen: () => void };

function ViewItem({ name, isCurrent, sharedLabel = null, onOpen }: ViewItemProps) {
  return (
    <Menu.Item className={ITEM} onClick={onOpen} aria-current={isCurrent ? "true" : undefined}>
      <span className="size-4 shrink-0">{isCurrent && <Check className="size-4 text-accent" aria-hidden />}</span>
      <span className="min-w-0 flex-1 truncate">{name}</span>
      {sharedLabel !== null && (
        <span title={sharedLabel}>
          <Users className="size-3.5 text-ink-faint" aria-label={sharedLabel} />
        </span>
      )}
    </Menu.Item>
  );
}
