import clsx from "clsx";
import type { FieldControl } from "./field";

type SwitchProps = {
  checked: boolean;
  onChange: (checked: boolean) => void;
  disabled?: boolean;
  control?: FieldControl;
  label?: string;
};

/** On or off, at once or on save; the browser's own checkbox in other clothes. Give `control` (inside a `Field`) or `label`. */
export function Switch({ checked, onChange, disabled, control, label }: SwitchProps) {
  return (
    <input
      {...control}
      type="checkbox"
      role="switch"
      aria-label={label}
      checked={checked}
      aria-checked={checked}
      disabled={disabled}
      onChange={(event) => onChange(event.target.checked)}
      className={clsx(
        "relative h-[18px] w-8 shrink-0 appearance-none rounded-full bg-mute-solid transition-colors checked:bg-ink disabled:opacity-50",
        "before:absolute before:top-0.5 before:left-0.5 before:size-3.5 before:rounded-full before:bg-surface before:transition-transform",
        "cursor-pointer checked:before:translate-x-3.5 disabled:cursor-not-allowed",
      )}
    />
  );
}
