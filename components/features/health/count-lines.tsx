import { ChevronRight } from "lucide-react";
import Link from "next/link";
import { useFormatter } from "next-intl";

export type CountLine = { key: string; title: string; note: string; count: number; href: string | null };

/** Numbers with what they count; each leads to the list of those records where there is one. */
export function CountLines({ lines }: { lines: readonly CountLine[] }) {
  const format = useFormatter();
  return (
    <ul className="divide-y divide-line text-sm">
      {lines.map(({ key, title, note, count, href }) => {
        const content = (
          <>
            <span className="min-w-0 flex-1">
              <span className="block text-ink">{title}</span>
              <span className="block text-ink-faint text-xs">{note}</span>
            </span>
            <span className="text-ink-soft tabular-nums">{format.number(count)}</span>
          </>
        );
        return (
          <li key={key}>
            {href === null ? (
              <div className="flex items-center gap-3 px-4 py-2 pr-11">{content}</div>
            ) : (
              <Link
                href={href}
                prefetch={false}
                className="flex items-center gap-3 px-4 py-2 hover:bg-hover focus-visible:-outline-offset-2"
              >
                {content}
                <ChevronRight className="size-4 shrink-0 text-ink-faint" aria-hidden />
              </Link>
            )}
          </li>
        );
      })}
    </ul>
  );
}
