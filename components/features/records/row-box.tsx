"use client";

import clsx from "clsx";
import { useTranslations } from "next-intl";

type RowBoxProps = {
  checked: boolean;
  name: string;
  onToggle: (extend: boolean) => void;
  /** On cards, where there is no grid whose keys tick */
  reachable?: boolean;
};

/** The tick box of a row; with Shift the rows since the last one are ticked too. Keys belong to the list, so Tab passes it by. */
export function RowBox({ checked, name, onToggle, reachable = false }: RowBoxProps) {
  const t = useTranslations("records");
  return (
    <input
      type="checkbox"
      tabIndex={reachable ? 0 : -1}
      checked={checked}
      aria-label={t("select", { name: name === "" ? t("noName") : name })}
      // A change event does not say whether Shift was held
      onClick={(event) => onToggle(event.shiftKey)}
      onChange={() => undefined}
      className={clsx("shrink-0 cursor-pointer accent-accent", reachable ? "ml-4 size-5" : "size-4")}
    />
  );
}
