import clsx from "clsx";
import type { ComponentProps } from "react";
import { INPUT_CLASS } from "./input";

/** Several lines of text. Wrap it in `Field` for label, hint and error. */
export function Textarea({ className, rows = 3, ...rest }: ComponentProps<"textarea">) {
  return <textarea {...rest} rows={rows} className={clsx(INPUT_CLASS, "py-1.5", className)} />;
}
