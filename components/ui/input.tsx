import clsx from "clsx";
import type { ComponentProps } from "react";

export const INPUT_CLASS = clsx(
  "w-full rounded-md border border-line-input/60 bg-surface px-2.5 text-ink text-sm transition-colors placeholder:text-ink-faint",
  "hover:border-line-input focus-visible:border-accent focus-visible:outline-offset-0",
  "disabled:cursor-not-allowed disabled:bg-hover disabled:text-ink-faint aria-invalid:border-fail-solid",
);

/** One line of text, 32 px high. Wrap it in `Field` for label, hint and error. */
export function Input({ className, ...rest }: ComponentProps<"input">) {
  return <input {...rest} className={clsx(INPUT_CLASS, "h-8", className)} />;
}
