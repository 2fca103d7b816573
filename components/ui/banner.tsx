import clsx from "clsx";
import { CircleAlert, CircleCheck, Info, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { TONE_TEXT, type Tone } from "./tone";

const ICON = { ok: CircleCheck, info: Info, fail: CircleAlert, mute: Info, warn: TriangleAlert };
const BOX: Record<Tone, string> = {
  ok: "border-ok/25 bg-ok-soft",
  info: "border-info/25 bg-info-soft",
  fail: "border-fail/25 bg-fail-soft",
  mute: "border-line bg-mute-soft",
  warn: "border-warn/25 bg-warn-soft",
};

type BannerProps = { tone: Tone; title: ReactNode; children?: ReactNode; actions?: ReactNode; className?: string };

/** Something that the whole page stands under; `fail` and `warn` are read out at once. */
export function Banner({ tone, title, children, actions, className }: BannerProps) {
  const Icon = ICON[tone];
  return (
    <div
      role={tone === "fail" || tone === "warn" ? "alert" : "status"}
      className={clsx("flex flex-wrap items-start gap-x-4 gap-y-3 rounded-lg border px-4 py-3", BOX[tone], className)}
    >
      <Icon className={clsx("mt-0.5 size-4 shrink-0", TONE_TEXT[tone])} aria-hidden />
      <div className="min-w-0 flex-1 basis-56 text-sm">
        <p className="font-semibold text-ink">{title}</p>
        {children && <div className="mt-0.5 text-ink-soft">{children}</div>}
      </div>
      {actions && <div className="flex shrink-0 flex-wrap gap-2">{actions}</div>}
    </div>
  );
}
