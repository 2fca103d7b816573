"use client";

import { Popover as Base } from "@base-ui/react/popover";
import type { ReactElement, ReactNode } from "react";

type PopoverProps = {
  /** One button that opens it */
  trigger: ReactElement<Record<string, unknown>>;
  children: ReactNode;
  title?: ReactNode;
  side?: "top" | "bottom" | "left" | "right";
  align?: "start" | "center" | "end";
};

/** A small panel beside its button. */
export function Popover({ trigger, children, title, side = "bottom", align = "start" }: PopoverProps) {
  return (
    <Base.Root>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner sideOffset={6} side={side} align={align} className="z-60">
          <Base.Popup className="overlay-pop max-w-[min(360px,calc(100vw-24px))] rounded-lg bg-raised p-3 text-sm shadow-overlay outline-none">
            {title && <Base.Title className="mb-1 font-semibold">{title}</Base.Title>}
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
