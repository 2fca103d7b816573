"use client";

import { Combobox as Base } from "@base-ui/react/combobox";
import clsx from "clsx";
import { Check, ChevronsUpDown, X } from "lucide-react";
import type { ReactNode } from "react";
import type { FieldControl } from "./field";
import { INPUT_CLASS } from "./input";

export type ComboboxItem = {
  value: string;
  label: string;
  /** What stands under the label, such as an address; the value where nothing is given */
  note?: string;
  aside?: ReactNode;
  disabled?: boolean;
};

type ComboboxProps = {
  value: string | null;
  onChange: (value: string | null) => void;
  items: readonly ComboboxItem[];
  control: FieldControl;
  placeholder: string;
  /** Name of the button that empties the box; without it the box cannot be emptied */
  clearLabel?: string;
  noMatches: ReactNode;
  disabled?: boolean;
  /** The items are searched elsewhere: told what is typed, and nothing is left out here */
  onSearch?: (text: string) => void;
};

/** More than this many matches are not drawn: nobody scrolls through them, people type on. */
const SHOWN = 80;

function matches(item: ComboboxItem, query: string): boolean {
  const wanted = query.trim().toLowerCase();
  return [item.label, item.note ?? "", item.value].some((text) => text.toLowerCase().includes(wanted));
}

/** One choice of many, found by typing its label or its value. Lives inside a `Field`. */
export function Combobox(props: ComboboxProps) {
  const { value, onChange, items, control, placeholder, clearLabel, noMatches, disabled = false, onSearch } = props;
  const selected = value === null ? null : (items.find((item) => item.value === value) ?? { value, label: value });
  return (
    <Base.Root
      items={items}
      value={selected}
      onValueChange={(next: ComboboxItem | null) => onChange(next?.value ?? null)}
      isItemEqualToValue={(a: ComboboxItem, b: ComboboxItem) => a.value === b.value}
      filter={onSearch ? null : matches}
      limit={SHOWN}
      onInputValueChange={(text, { reason }) => {
        if (reason === "input-change" || reason === "input-clear") onSearch?.(text);
      }}
      disabled={disabled}
    >
      <Base.InputGroup className="relative">
        <Base.Input
          {...control}
          placeholder={placeholder}
          className={clsx(INPUT_CLASS, "h-8", clearLabel ? "pr-14" : "pr-8")}
        />
        <div className="absolute inset-y-0 right-1 flex items-center">
          {clearLabel && value !== null && (
            <Base.Clear
              aria-label={clearLabel}
              title={clearLabel}
              className="flex size-6 items-center justify-center rounded-md text-ink-faint hover:bg-hover hover:text-ink"
            >
              <X className="size-3.5" aria-hidden />
            </Base.Clear>
          )}
          <Base.Trigger
            aria-label={placeholder}
            className="flex size-6 items-center justify-center rounded-md text-ink-faint hover:bg-hover hover:text-ink"
          >
            <ChevronsUpDown className="size-3.5" aria-hidden />
          </Base.Trigger>
        </div>
      </Base.InputGroup>
      <Base.Portal>
        <Base.Positioner sideOffset={4} className="z-60 outline-none">
          <Base.Popup className="overlay-pop flex max-h-[min(360px,var(--available-height))] w-(--anchor-width) flex-col rounded-lg bg-raised shadow-overlay">
            <Base.Empty>
              <div className="px-3 py-3 text-ink-faint text-sm">{noMatches}</div>
            </Base.Empty>
            <Base.List className="min-h-0 overflow-y-auto overscroll-contain p-1 data-empty:p-0">
              {(item: ComboboxItem) => (
                <Base.Item
                  key={item.value}
                  value={item}
                  disabled={item.disabled ?? false}
                  className="grid min-h-9 cursor-default grid-cols-[16px_minmax(0,1fr)_auto] items-center gap-x-2 rounded-md px-2 py-1 text-sm outline-none data-highlighted:bg-hover data-disabled:text-ink-faint"
                >
                  <Base.ItemIndicator className="col-start-1">
                    <Check className="size-4 text-accent" aria-hidden />
                  </Base.ItemIndicator>
                  <span className="col-start-2 min-w-0">
                    <span className="block truncate">{item.label}</span>
                    <ItemNote item={item} />
                  </span>
                  {item.aside && <span className="col-start-3 text-ink-faint text-xs">{item.aside}</span>}
                </Base.Item>
              )}
            </Base.List>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

/** Words in the page's font, API names and ids in the other one. */
function ItemNote({ item: { label, value, note } }: { item: ComboboxItem }) {
  if (note !== undefined) return note && <span className="block truncate text-ink-faint text-xs">{note}</span>;
  return label !== value && <span className="block truncate font-mono text-2xs text-ink-faint">{value}</span>;
}
