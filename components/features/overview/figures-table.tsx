"use client";

import { useLocale } from "next-intl";
import { formatExact } from "@/lib/browser/format-time";

type FiguresTableProps = {
  caption: string;
  /** Heads of the columns, the moment first */
  head: readonly string[];
  rows: readonly { at: string; values: readonly number[] }[];
};

/** A chart's figures for those who cannot see it. */
export function FiguresTable({ caption, head, rows }: FiguresTableProps) {
  const locale = useLocale();
  const [moment = "", ...names] = head;
  return (
    <div className="sr-only">
      <table>
        <caption>{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{moment}</th>
            {names.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ at, values }) => (
            <tr key={at}>
              <th scope="row">{formatExact(at, locale)}</th>
              {names.map((name, index) => (
                <td key={name}>{values[index]}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
