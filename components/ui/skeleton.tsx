import clsx from "clsx";

/** A quiet placeholder with the size of what will come, so that nothing jumps. */
export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden className={clsx("block animate-sheen rounded-sm bg-pressed", className ?? "h-4 w-full")} />;
}
