import clsx from "clsx";

/** The small letter that marks a side: H stands left, S stands right. `name` is read aloud. */
export function CrmTag({ letter, name, className }: { letter: "H" | "S"; name: string; className?: string }) {
  return (
    <abbr
      title={name}
      className={clsx(
        "inline-flex size-4 shrink-0 items-center justify-center rounded-sm font-semibold text-[10px] leading-none no-underline",
        letter === "H" ? "border border-line-strong bg-surface text-ink-soft" : "bg-ink-soft text-ink-inverse",
        className,
      )}
    >
      <span aria-hidden>{letter}</span>
      <span className="sr-only">{name}</span>
    </abbr>
  );
}
