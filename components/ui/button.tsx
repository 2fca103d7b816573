import clsx from "clsx";
import type { ComponentProps, ReactNode } from "react";

export type ButtonVariant = "primary" | "secondary" | "ghost" | "danger";
export type ButtonSize = "sm" | "md";

const VARIANT: Record<ButtonVariant, string> = {
  primary: "bg-ink text-ink-inverse hover:bg-ink/88 active:bg-ink/80 border border-transparent",
  secondary: "bg-surface text-ink border border-line-strong hover:bg-hover active:bg-pressed",
  ghost: "text-ink-soft hover:text-ink hover:bg-hover active:bg-pressed border border-transparent",
  danger: "bg-surface text-fail border border-line-strong hover:bg-fail-soft hover:border-fail/40",
};
const SIZE: Record<ButtonSize, string> = {
  sm: "h-7 px-2.5 text-xs gap-1.5",
  md: "h-8 px-3 text-sm gap-2",
};

/** Classes of a button, for links and triggers that look like one. */
export function buttonClass(variant: ButtonVariant = "secondary", size: ButtonSize = "md", extra?: string): string {
  return clsx(
    "inline-flex shrink-0 select-none items-center justify-center whitespace-nowrap rounded-md font-medium transition-colors",
    "disabled:pointer-events-none disabled:opacity-50 aria-disabled:opacity-50 data-disabled:opacity-50",
    "[&_svg]:size-3.5 [&_svg]:shrink-0",
    VARIANT[variant],
    SIZE[size],
    extra,
  );
}

type ButtonProps = ComponentProps<"button"> & {
  variant?: ButtonVariant;
  size?: ButtonSize;
  /** While true the button keeps its width, cannot be pressed again and says so to screen readers */
  busy?: boolean;
  icon?: ReactNode;
};

/** A button whose label is a verb. `busy` shows a thin moving line instead of a spinner. */
export function Button({
  variant,
  size,
  busy = false,
  icon,
  className,
  children,
  disabled,
  type,
  ...rest
}: ButtonProps) {
  return (
    <button
      {...rest}
      type={type ?? "button"}
      disabled={disabled || busy}
      aria-busy={busy || undefined}
      className={buttonClass(variant, size, clsx("relative overflow-hidden", className))}
    >
      {icon}
      {children}
      {busy && (
        <span className="absolute bottom-0 left-0 h-0.5 w-2/5 animate-flow rounded-full bg-current" aria-hidden />
      )}
    </button>
  );
}
