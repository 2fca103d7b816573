"use client";

import clsx from "clsx";
import { useLocale, useTranslations } from "next-intl";
import { showValue } from "./show-value";

type ValueTextProps = {
  value: string | number | boolean | null;
  /** How its CRM shows it (an owner's name, an option's label); null when that is the value itself */
  text: string | null;
  className?: string;
  /** Drawn through: it is about to be replaced */
  struck?: boolean;
};

/** A field's value as people read it; a faint "Empty" when there is none. Long texts are cut after three lines, whole on hover; a name or label has its raw value there. */
export function ValueText({ value, text: shown, className, struck = false }: ValueTextProps) {
  const t = useTranslations("record.table");
  const locale = useLocale();
  const text = shown ?? showValue(value, locale, { yes: t("true"), no: t("false") });
  if (text === "") return <span className={clsx("text-ink-faint", className)}>{t("empty")}</span>;
  return (
    <span
      title={shown !== null ? String(value) : text.length > 60 ? text : undefined}
      className={clsx("line-clamp-3 break-words", struck && "line-through decoration-ink-faint/60", className)}
    >
      {text}
    </span>
  );
}
