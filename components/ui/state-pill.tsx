import clsx from "clsx";
import { CircleAlert, CircleCheck, CircleDashed, CirclePause, CircleSlash, type LucideIcon } from "lucide-react";
import { TONE_SOFT, TONE_TEXT, type Tone } from "./tone";

const ICON: Record<Tone, LucideIcon> = {
  ok: CircleCheck,
  info: CircleDashed,
  fail: CircleAlert,
  mute: CircleSlash,
  warn: CirclePause,
};

type StatePillProps = {
  tone: Tone;
  label: string;
  icon?: LucideIcon;
  /** `plain` has no box, for dense table cells */
  look?: "soft" | "plain";
  /** Lets the icon breathe while something is under way */
  moving?: boolean;
  className?: string;
};

/** A state as icon, word and colour together. */
export function StatePill({ tone, label, icon, look = "soft", moving = false, className }: StatePillProps) {
  const Icon = icon ?? ICON[tone];
  return (
    <span
      className={clsx(
        "inline-flex items-center gap-1.5 whitespace-nowrap align-middle font-medium text-xs",
        look === "soft" ? clsx("h-6 rounded-full pr-2.5 pl-2", TONE_SOFT[tone]) : TONE_TEXT[tone],
        className,
      )}
    >
      <Icon className={clsx("size-3.5 shrink-0", moving && "animate-sheen")} aria-hidden />
      {label}
    </span>
  );
}
