import clsx from "clsx";

type End = "main" | "faint" | "none";
type BridgeArrowProps = { left: End; right: End; label: string; className?: string };

const HEAD = { main: "", faint: "opacity-60", none: "hidden" };

/** An arrow between a left and a right side, 48 × 12 px. A faint head stands for "only sometimes"; no head at all is a dotted line. */
export function BridgeArrow({ left, right, label, className }: BridgeArrowProps) {
  const idle = left === "none" && right === "none";
  return (
    <svg
      viewBox="0 0 48 12"
      role="img"
      aria-label={label}
      className={clsx("h-3 w-12 shrink-0", idle ? "text-ink-faint" : "text-ink-soft", className)}
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      <path d="M2 6H46" strokeDasharray={idle ? "1 4" : undefined} className={idle ? "" : "opacity-70"} />
      <path d="M6.5 1.5 2 6l4.5 4.5" className={HEAD[left]} strokeWidth={left === "faint" ? 1 : undefined} />
      <path d="M41.5 1.5 46 6l-4.5 4.5" className={HEAD[right]} strokeWidth={right === "faint" ? 1 : undefined} />
    </svg>
  );
}
