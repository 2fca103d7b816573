"use client";

import clsx from "clsx";
import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import type { FieldControl } from "@/components/ui/field";
import { INPUT_CLASS } from "@/components/ui/input";
import { addValue } from "./check-condition";

type ValuesInputProps = {
  control: FieldControl;
  values: readonly string[];
  onChange: (values: string[]) => void;
  /** What the field may hold, offered while typing; empty = anything */
  options: readonly { value: string; label: string }[];
  disabled: boolean;
};

/** Several values in one box: Enter or leaving the box takes what was typed, Backspace in an empty box takes the last away. */
export function ValuesInput({ control, values, onChange, options, disabled }: ValuesInputProps) {
  const t = useTranslations("inclusion.conditions");
  const [typed, setTyped] = useState("");
  const listId = useId();
  const take = (text: string) => {
    setTyped("");
    if (text.trim() !== "") onChange(addValue(values, text));
  };
  return (
    <div
      className={clsx(
        INPUT_CLASS,
        "flex min-h-8 flex-wrap items-center gap-1 py-0.5 has-[input:focus-visible]:outline-2 has-[input:focus-visible]:outline-accent",
        control["aria-invalid"] && "border-fail-solid",
      )}
    >
      {values.map((value) => (
        <span key={value} className="flex h-6 max-w-full items-center gap-0.5 rounded-sm bg-hover pl-1.5 text-xs">
          <span className="truncate">{options.find((option) => option.value === value)?.label ?? value}</span>
          <button
            type="button"
            disabled={disabled}
            aria-label={t("removeValue", { value })}
            onClick={() => onChange(values.filter((one) => one !== value))}
            className="flex size-6 items-center justify-center rounded-sm text-ink-faint hover:text-ink"
          >
            <X className="size-3" aria-hidden />
          </button>
        </span>
      ))}
      <input
        {...control}
        value={typed}
        disabled={disabled}
        list={options.length > 0 ? listId : undefined}
        placeholder={values.length === 0 ? t("valuePlaceholder") : ""}
        autoComplete="off"
        onChange={(event) => setTyped(event.target.value)}
        onBlur={() => take(typed)}
        onKeyDown={(event) => {
          // During Japanese input Enter ends the conversion.
          if (event.key === "Enter" && !event.nativeEvent.isComposing) {
            event.preventDefault();
            take(typed);
          }
          if (event.key === "Backspace" && typed === "") onChange(values.slice(0, -1));
        }}
        className="h-6 min-w-24 flex-1 bg-transparent text-sm outline-none placeholder:text-ink-faint"
      />
      {options.length > 0 && (
        <datalist id={listId}>
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </datalist>
      )}
    </div>
  );
}
