import clsx from "clsx";
import type { ReactNode } from "react";

type PageHeaderProps = {
  title: ReactNode;
  description?: ReactNode;
  actions?: ReactNode;
  back?: ReactNode;
  className?: string;
};

/** The head of a page: where one is, one line about it, what one can do. */
export function PageHeader({ title, description, actions, back, className }: PageHeaderProps) {
  return (
    <header className={clsx("mb-6 flex flex-wrap items-start justify-between gap-x-6 gap-y-3", className)}>
      <div className="min-w-0">
        {back}
        <h1 className="font-semibold text-ink text-xl tracking-tight">{title}</h1>
        {description && <div className="mt-0.5 text-ink-soft text-sm">{description}</div>}
      </div>
      {actions && <div className="flex shrink-0 flex-wrap items-center gap-2">{actions}</div>}
    </header>
  );
}

/** The width of a page's content. `wide` for tables and the record page. */
export function PageBody({ children, wide = false }: { children: ReactNode; wide?: boolean }) {
  return (
    <div className={clsx("mx-auto w-full px-4 py-6 sm:px-8 sm:py-8", wide ? "max-w-[1360px]" : "max-w-[1120px]")}>
      {children}
    </div>
  );
}
