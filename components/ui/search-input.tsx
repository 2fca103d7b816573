"use client";

import clsx from "clsx";
import { Search, X } from "lucide-react";
import { IconButton } from "./icon-button";
import { Input } from "./input";

type SearchInputProps = {
  value: string;
  onChange: (value: string) => void;
  label: string;
  clearLabel: string;
  className?: string;
};

/** A search box with a clear button; Escape clears too. `label` is both its name and its placeholder. */
export function SearchInput({ value, onChange, label, clearLabel, className }: SearchInputProps) {
  return (
    <search className={clsx("relative", className)}>
      <Search className="pointer-events-none absolute top-2 left-2.5 size-4 text-ink-faint" aria-hidden />
      <Input
        type="text"
        inputMode="search"
        enterKeyHint="search"
        autoComplete="off"
        spellCheck={false}
        value={value}
        aria-label={label}
        placeholder={label}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => event.key === "Escape" && value !== "" && onChange("")}
        className="pr-8 pl-8"
      />
      {value !== "" && (
        <IconButton size="sm" label={clearLabel} onClick={() => onChange("")} className="absolute top-1 right-1">
          <X aria-hidden />
        </IconButton>
      )}
    </search>
  );
}
