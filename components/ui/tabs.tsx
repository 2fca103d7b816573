"use client";

import { Tabs as Base } from "@base-ui/react/tabs";
import type { ReactNode } from "react";

export type TabItem<V extends string> = { value: V; label: ReactNode; content: ReactNode };

type TabsProps<V extends string> = {
  value: V;
  onChange: (value: V) => void;
  items: readonly TabItem<V>[];
  label: string;
};

/** Tabs with an underline; arrow keys move between them. */
export function Tabs<V extends string>({ value, onChange, items, label }: TabsProps<V>) {
  return (
    <Base.Root value={value} onValueChange={(next) => onChange(next as V)}>
      <Base.List aria-label={label} className="relative flex gap-4 border-line border-b">
        {items.map((item) => (
          <Base.Tab
            key={item.value}
            value={item.value}
            className="h-9 rounded-sm text-ink-faint text-sm hover:text-ink data-active:font-medium data-active:text-ink"
          >
            {item.label}
          </Base.Tab>
        ))}
        <Base.Indicator className="absolute bottom-[-1px] left-0 h-0.5 w-(--active-tab-width) translate-x-(--active-tab-left) bg-ink transition-all duration-150" />
      </Base.List>
      {items.map((item) => (
        <Base.Panel key={item.value} value={item.value} className="pt-4">
          {item.content}
        </Base.Panel>
      ))}
    </Base.Root>
  );
}
