"use client";

import { Combobox } from "@base-ui/react/combobox";
import { useQuery } from "@tanstack/react-query";
import { Check } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { listChoicesQuery } from "@/components/lists/lists-queries";
import { INPUT_CLASS } from "@/components/ui/input";
import { useDebounced } from "@/lib/browser/use-debounced";
import type { ListChoice } from "@/lib/contracts/lists";
import type { ListedObject } from "./record-filters";

/** HubSpot's search is asked after this pause, ms: its limit is four searches a second. */
const SETTLE_MS = 350;

export type ListPickerProps = {
  object: ListedObject;
  listId: string | null;
  trigger: { label: ReactNode; name: string; className: string };
  onChoose: (list: { id: string; name: string }) => void;
};

/** HubSpot's lists of the object, found by name; arrow keys and Enter choose. It opens by itself when it comes. */
export function ListPicker({ object, listId, trigger, onChoose }: ListPickerProps) {
  const t = useTranslations("records.list");
  const [typed, setTyped] = useState("");
  const search = useDebounced(typed, SETTLE_MS).trim().slice(0, 100);
  const { data, error, isFetching } = useQuery(listChoicesQuery(object, search));
  const lists = data?.lists ?? [];
  const empty = isFetching || typed.trim() !== search ? t("looking") : t(error ? "failed" : "none");
  return (
    <Combobox.Root
      defaultOpen
      items={lists}
      value={lists.find((list) => list.id === listId) ?? null}
      onValueChange={(list: ListChoice | null) => list && onChoose(list)}
      isItemEqualToValue={(a: ListChoice, b: ListChoice) => a.id === b.id}
      itemToStringLabel={(list: ListChoice) => list.name}
      filter={null}
      onInputValueChange={(text, { reason }) => {
        if (reason === "input-change" || reason === "input-clear") setTyped(text);
      }}
      onOpenChange={(open) => !open && setTyped("")}
    >
      <Combobox.Trigger aria-label={trigger.name} className={trigger.className}>
        {trigger.label}
      </Combobox.Trigger>
      <Combobox.Portal>
        <Combobox.Positioner sideOffset={4} align="start" className="z-60 outline-none">
          <Combobox.Popup
            aria-label={t("choose")}
            className="overlay-pop flex max-h-[min(360px,var(--available-height))] w-80 max-w-[calc(100vw-24px)] flex-col rounded-lg bg-raised shadow-overlay"
          >
            <div className="border-line border-b p-1.5">
              <Combobox.Input aria-label={t("search")} placeholder={t("search")} className={`${INPUT_CLASS} h-8`} />
            </div>
            <Combobox.Empty>
              <div className="px-3 py-3 text-ink-faint text-sm">{empty}</div>
            </Combobox.Empty>
            <Combobox.List className="min-h-0 overflow-y-auto overscroll-contain p-1 data-empty:p-0">
              {(list: ListChoice) => (
                <Combobox.Item
                  key={list.id}
                  value={list}
                  className="grid min-h-8 cursor-default grid-cols-[16px_minmax(0,1fr)_auto] items-center gap-x-2 rounded-md px-2 py-1 text-sm outline-none data-highlighted:bg-hover"
                >
                  <Combobox.ItemIndicator className="col-start-1">
                    <Check className="size-4 text-accent" aria-hidden />
                  </Combobox.ItemIndicator>
                  <span className="col-start-2 truncate">{list.name}</span>
                  <span className="col-start-3 text-ink-faint text-xs tabular-nums">
                    {t("members", { count: list.size })}
                  </span>
                </Combobox.Item>
              )}
            </Combobox.List>
          </Combobox.Popup>
        </Combobox.Positioner>
      </Combobox.Portal>
    </Combobox.Root>
  );
}
