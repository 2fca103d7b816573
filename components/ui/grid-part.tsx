import type { ComponentProps } from "react";

type GridRole = "grid" | "table" | "rowgroup" | "row" | "cell" | "gridcell" | "columnheader" | "presentation";

/** A piece of a table that is laid out by CSS grid: virtual rows and rows that stack on narrow screens cannot be <tr>. */
export function GridPart({ role, ...rest }: ComponentProps<"div"> & { role?: GridRole | undefined }) {
  return <div role={role} {...rest} />;
}
