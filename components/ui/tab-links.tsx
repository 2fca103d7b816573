import clsx from "clsx";
import Link from "next/link";
import type { ReactNode } from "react";

type TabLinksProps = {
  /** What the tabs choose between, read aloud */
  label: string;
  tabs: readonly { href: string; label: ReactNode; isHere: boolean }[];
  className?: string;
};

const showTab = (tab: HTMLElement | null) => tab?.scrollIntoView({ block: "nearest", inline: "nearest" });

/** Parts of one page as links with an address each; they scroll sideways by themselves where there is no room. */
export function TabLinks({ label, tabs, className }: TabLinksProps) {
  return (
    <nav
      aria-label={label}
      className={clsx("-mx-4 overflow-x-auto border-line border-b px-4 sm:mx-0 sm:px-0", className)}
    >
      <ul className="flex min-w-max gap-1">
        {tabs.map((tab) => (
          <li key={tab.href}>
            <Link
              href={tab.href}
              // On a narrow screen the tab that is open may stand outside of it.
              ref={tab.isHere ? showTab : undefined}
              aria-current={tab.isHere ? "page" : undefined}
              className={clsx(
                "-mb-px flex h-9 items-center whitespace-nowrap border-b-2 px-2.5 text-sm transition-colors",
                tab.isHere
                  ? "border-ink font-medium text-ink"
                  : "border-transparent text-ink-soft hover:border-line-strong hover:text-ink",
              )}
            >
              {tab.label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
