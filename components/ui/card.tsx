import clsx from "clsx";
import type { ComponentProps, ReactNode } from "react";

/** A white panel with a hairline; no shadow. */
export function Card({ className, ...rest }: ComponentProps<"section">) {
  return <section {...rest} className={clsx("rounded-lg border border-line bg-surface", className)} />;
}

type CardHeaderProps = { title: ReactNode; note?: ReactNode; actions?: ReactNode; level?: 2 | 3; id?: string };

/** The head of a card: title, a quiet note under it, actions at the right. */
export function CardHeader({ title, note, actions, level = 2, id }: CardHeaderProps) {
  const Heading = level === 2 ? "h2" : "h3";
  return (
    <header className="flex min-h-12 items-center justify-between gap-3 border-line border-b px-4 py-2 last:border-b-0">
      <div className="min-w-0">
        <Heading id={id} className="font-semibold text-ink text-sm">
          {title}
        </Heading>
        {note && <p className="text-ink-faint text-xs">{note}</p>}
      </div>
      {actions && <div className="flex shrink-0 items-center gap-2">{actions}</div>}
    </header>
  );
}

/** Padding of a card's content. */
export function CardBody({ className, ...rest }: ComponentProps<"div">) {
  return <div {...rest} className={clsx("p-4", className)} />;
}

/** The foot of a card, for its actions. */
export function CardFooter({ className, ...rest }: ComponentProps<"footer">) {
  return (
    <footer
      {...rest}
      className={clsx("flex flex-wrap items-center justify-end gap-2 border-line border-t px-4 py-3", className)}
    />
  );
}
