import clsx from "clsx";

type ProgressLineProps = { label: string; value?: number; max?: number; className?: string };

/** A thin bar: with `value` and `max` it fills, without them it flows. */
export function ProgressLine({ label, value, max, className }: ProgressLineProps) {
  const known = value !== undefined && max !== undefined && max > 0;
  const share = known ? Math.min(100, (value / max) * 100) : 0;
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuenow={known ? Math.round(share) : undefined}
      aria-valuemin={0}
      aria-valuemax={100}
      className={clsx("relative h-0.5 overflow-hidden rounded-full bg-pressed", className)}
    >
      {known ? (
        <span
          className="absolute inset-y-0 left-0 bg-info-solid transition-[width] duration-300"
          style={{ width: `${share}%` }}
        />
      ) : (
        <span className="absolute inset-y-0 left-0 w-2/5 animate-flow rounded-full bg-info-solid" />
      )}
    </div>
  );
}
