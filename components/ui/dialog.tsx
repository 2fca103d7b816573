"use client";

import { Dialog as Base } from "@base-ui/react/dialog";
import clsx from "clsx";
import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { IconButton } from "./icon-button";

type DialogProps = {
  open: boolean;
  /** Without it the dialog stays until what it asks for is done */
  onOpenChange?: (open: boolean) => void;
  title: ReactNode;
  description?: ReactNode;
  children?: ReactNode;
  /** Buttons, the safe one first */
  footer?: ReactNode;
  width?: "sm" | "md" | "lg";
};

const WIDTH = { sm: "max-w-[420px]", md: "max-w-[560px]", lg: "max-w-[800px]" };

/** A question or a short task over the page. Escape and a click outside close it; focus returns to where it was. */
export function Dialog({ open, onOpenChange, title, description, children, footer, width = "sm" }: DialogProps) {
  const t = useTranslations("ui");
  return (
    <Base.Root open={open} onOpenChange={(next) => onOpenChange?.(next)}>
      <Base.Portal>
        <Base.Backdrop className="overlay-fade fixed inset-0 z-50 bg-black/40" />
        <Base.Popup
          className={clsx(
            "overlay-fade fixed top-1/2 left-1/2 z-50 flex max-h-[85dvh] w-[calc(100vw-32px)] -translate-x-1/2 -translate-y-1/2 flex-col rounded-xl bg-raised shadow-overlay outline-none",
            WIDTH[width],
          )}
        >
          <header className="flex items-start justify-between gap-3 px-5 pt-4">
            <div className="min-w-0">
              <Base.Title className="font-semibold text-lg">{title}</Base.Title>
              {description && <Base.Description className="mt-1 text-ink-soft text-sm">{description}</Base.Description>}
            </div>
            {onOpenChange && (
              <Base.Close render={<IconButton label={t("close")} size="sm" className="-mr-1" />}>
                <X aria-hidden />
              </Base.Close>
            )}
          </header>
          {children && <div className="min-h-0 overflow-y-auto px-5 pt-3">{children}</div>}
          <footer className="flex flex-wrap justify-end gap-2 px-5 pt-4 pb-4">{footer}</footer>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
