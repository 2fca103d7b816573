"use client";

import { Switch as Base } from "@base-ui/react/switch";
import type { FieldControl } from "./field";

type SwitchProps = {
  checked: boolean;
  onChange: (checked: boolean) => void;
  disabled?: boolean;
  control?: FieldControl;
  label?: string;
};

/** On or off, at once or on save. Give `control` (inside a `Field`) or `label`. */
export function Switch({ checked, onChange, disabled, control, label }: SwitchProps) {
  return (
    <Base.Root
      {...control}
      aria-label={label}
      checked={checked}
      onCheckedChange={(next) => onChange(next)}
      disabled={disabled ?? false}
      className="relative flex h-[18px] w-8 shrink-0 rounded-full bg-mute-solid p-0.5 transition-colors data-checked:bg-ink data-disabled:opacity-50"
    >
      <Base.Thumb className="size-3.5 rounded-full bg-surface transition-transform data-checked:translate-x-3.5" />
    </Base.Root>
  );
}
