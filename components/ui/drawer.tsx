"use client";

import { Dialog as Base } from "@base-ui/react/dialog";
import clsx from "clsx";
import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { IconButton } from "./icon-button";

type DrawerProps = {
  open: boolean;
  /** Refuse here (keep `open` true) while something is unsaved */
  onOpenChange: (open: boolean) => void;
  title: ReactNode;
  description?: ReactNode;
  children: ReactNode;
  footer?: ReactNode;
  side?: "right" | "left";
  width?: "sm" | "md" | "lg";
  /** Without the header row, for content that brings its own; the title is then only read aloud */
  bare?: boolean;
};

const WIDTH = { sm: "max-w-[280px]", md: "max-w-[480px]", lg: "max-w-[640px]" };

/** A panel that slides in from the side and leaves the page behind it in sight. */
export function Drawer(props: DrawerProps) {
  const {
    open,
    onOpenChange,
    title,
    description,
    children,
    footer,
    side = "right",
    width = "md",
    bare = false,
  } = props;
  const t = useTranslations("ui");
  return (
    <Base.Root open={open} onOpenChange={(next) => onOpenChange(next)}>
      <Base.Portal>
        <Base.Backdrop className="overlay-fade fixed inset-0 z-50 bg-black/30" />
        <Base.Popup
          className={clsx(
            "fixed inset-y-0 z-50 flex w-full flex-col bg-raised shadow-overlay outline-none",
            WIDTH[width],
            side === "right" ? "overlay-slide-right right-0" : "overlay-slide-left left-0",
          )}
        >
          <header
            className={clsx("flex items-start justify-between gap-3 border-line border-b px-5 py-3", bare && "sr-only")}
          >
            <div className="min-w-0">
              <Base.Title className="font-semibold text-lg">{title}</Base.Title>
              {description && <Base.Description className="text-ink-soft text-sm">{description}</Base.Description>}
            </div>
            <Base.Close render={<IconButton label={t("close")} className="-mr-2" />}>
              <X aria-hidden />
            </Base.Close>
          </header>
          <div className={clsx("min-h-0 flex-1 overflow-y-auto", !bare && "px-5 py-4")}>{children}</div>
          {footer && (
            <footer className="flex flex-wrap justify-end gap-2 border-line border-t px-5 py-3">{footer}</footer>
          )}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
