import clsx from "clsx";

/** A quiet placeholder with the size of what will come, so that nothing jumps. */
export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden className={clsx("block animate-sheen rounded-sm bg-pressed", className ?? "h-4 w-full")} />;
}

/** Where a search and three boxes will stand: beside each other, or on a phone below each other. */
export function FilterBarSkeleton({ className }: { className: string }) {
  return <Skeleton className={clsx("h-[152px] w-full rounded-md sm:h-8", className)} />;
}
