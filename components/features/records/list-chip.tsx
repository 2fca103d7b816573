"use client";

import { ChevronDown, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ComponentType, useState } from "react";
import { showToast } from "@/components/ui/toast";
import { useProblemWords } from "@/lib/browser/use-problem-words";
import type { ListPickerProps } from "./list-picker";
import type { ListedObject } from "./record-filters";

const loadPicker = () => import("./list-picker").then((file) => file.ListPicker);

const CHIP = "inline-flex h-7 shrink-0 items-center gap-1.5 whitespace-nowrap border text-xs transition-colors";
const IDLE = `${CHIP} rounded-full border-line-strong bg-surface px-2.5 text-ink-soft hover:bg-hover hover:text-ink data-popup-open:bg-hover`;
const CHOSEN = `${CHIP} rounded-l-full border-ink border-r-0 bg-ink pr-1.5 pl-2.5 font-medium text-ink-inverse`;

type ListChipProps = {
  object: ListedObject;
  listId: string | null;
  /** As the server names the list; undefined while it is not known */
  name: string | undefined;
  onChoose: (listId: string | null) => void;
};

/** The filter by a HubSpot list. Its searching popup (60 KB) comes with the pointer or the focus, and opens with the first press. */
export function ListChip({ object, listId, name, onChoose }: ListChipProps) {
  const t = useTranslations("records.list");
  const words = useProblemWords();
  const [Picker, setPicker] = useState<ComponentType<ListPickerProps> | null>(null);
  const [picked, setPicked] = useState<{ id: string; name: string } | null>(null);
  const shown = listId === null ? undefined : (name ?? (picked?.id === listId ? picked.name : undefined));
  const prepare = () => void loadPicker().catch(() => undefined);
  const open = async () => {
    try {
      const loaded = await loadPicker();
      setPicker(() => loaded);
    } catch (error) {
      const { title, what } = words(error);
      showToast({ tone: "fail", title, detail: what });
    }
  };
  const choose = (list: { id: string; name: string }) => {
    setPicked(list);
    onChoose(list.id);
  };
  const trigger = {
    className: listId === null ? IDLE : CHOSEN,
    name: shown === undefined ? t("choose") : t("chosen", { name: shown }),
    label: (
      <>
        <span className="max-w-52 truncate">{shown === undefined ? t("chip") : t("chosen", { name: shown })}</span>
        {listId === null && <ChevronDown className="size-3.5 text-ink-faint" aria-hidden />}
      </>
    ),
  };
  return (
    <span className="inline-flex shrink-0">
      {Picker ? (
        <Picker object={object} listId={listId} trigger={trigger} onChoose={choose} />
      ) : (
        <button
          type="button"
          aria-haspopup="listbox"
          aria-expanded={false}
          aria-label={trigger.name}
          onPointerEnter={prepare}
          onFocus={prepare}
          onClick={() => void open()}
          className={trigger.className}
        >
          {trigger.label}
        </button>
      )}
      {listId !== null && (
        <button
          type="button"
          aria-label={t("clear")}
          title={t("clear")}
          onClick={() => onChoose(null)}
          className={`${CHIP} rounded-r-full border-ink border-l-0 bg-ink pr-2 pl-1 text-ink-inverse`}
        >
          <X className="size-3.5" aria-hidden />
        </button>
      )}
    </span>
  );
}
