/**
 * Widths of a list's columns as a grid template. They are fixed where the content is, so that rows line up without being
 * measured. `withReason`: all rows fail or are excluded, so the last column says why instead of when, and has more room.
 */
export function listColumns({ withReason, selectable }: { withReason: boolean; selectable: boolean }): string {
  const box = selectable ? "16px " : "";
  return withReason
    ? `${box}92px minmax(0,1.2fr) minmax(0,1fr) 136px minmax(0,248px) minmax(112px,1fr)`
    : `${box}92px minmax(0,1.4fr) minmax(0,1.4fr) 136px minmax(0,264px) 96px`;
}

/** A row's own layout; the widths come from `--columns` on the list. */
export const LIST_ROW = "grid grid-cols-(--columns) items-center gap-4 px-4 sm:px-6";
