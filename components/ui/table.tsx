import clsx from "clsx";
import type { ComponentProps } from "react";

/** A plain table with a hairline between rows; wrap it in something that scrolls sideways on narrow screens. */
export function Table({ className, ...rest }: ComponentProps<"table">) {
  return <table {...rest} className={clsx("w-full border-collapse text-sm", className)} />;
}

/** A head cell; the head sticks while the rows scroll. */
export function Th({ className, ...rest }: ComponentProps<"th">) {
  return (
    <th
      scope="col"
      {...rest}
      className={clsx(
        "sticky top-0 z-1 h-8 whitespace-nowrap border-line border-b bg-surface px-3 text-left font-medium text-ink-faint text-xs first:pl-4 last:pr-4",
        className,
      )}
    />
  );
}

/** A row, 36 px high. */
export function Tr({ className, ...rest }: ComponentProps<"tr">) {
  return <tr {...rest} className={clsx("h-9 border-line border-b last:border-b-0", className)} />;
}

/** A cell; figures keep their width. `numeric` aligns right. */
export function Td({ className, numeric, ...rest }: ComponentProps<"td"> & { numeric?: boolean }) {
  return (
    <td {...rest} className={clsx("px-3 tabular-nums first:pl-4 last:pr-4", numeric && "text-right", className)} />
  );
}
