import clsx from "clsx";
import type { ReactNode } from "react";
import { TONE_SOFT, type Tone } from "./tone";

/** A short word or number in a soft box; neutral without a tone. */
export function Badge({ tone, children, className }: { tone?: Tone; children: ReactNode; className?: string }) {
  return (
    <span
      className={clsx(
        "inline-flex h-5 items-center gap-1 whitespace-nowrap rounded-sm px-1.5 font-medium text-2xs tabular-nums [&_svg]:size-3",
        tone ? TONE_SOFT[tone] : "border border-line text-ink-soft",
        className,
      )}
    >
      {children}
    </span>
  );
}
