"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { BridgeArrow } from "@/components/ui/bridge-arrow";
import { RelativeTime } from "@/components/ui/relative-time";
import { Switch } from "@/components/ui/switch";

type ToggleRowProps = {
  name: string;
  /** The record on the left is HubSpot's, on the right Salesforce's */
  hubspot: ReactNode;
  salesforce: ReactNode;
  to: keyof typeof ENDS;
  on: boolean;
  /** What is saved: a switch that was moved but not saved says so */
  savedOn: boolean;
  since: string | undefined;
  disabled: boolean;
  onToggle: (on: boolean) => void;
};

const ENDS = {
  salesforce: { left: "none", right: "main" },
  hubspot: { left: "main", right: "none" },
  both: { left: "main", right: "main" },
} as const;
const IDLE = { left: "none", right: "none" } as const;

/** One toggle as the bridge it is: what happens in one CRM, the way, what stands in the other, on or off. */
export function ToggleRow({ name, hubspot, salesforce, to, on, savedOn, since, disabled, onToggle }: ToggleRowProps) {
  const t = useTranslations("activities.ways");
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-1 border-line border-b px-4 py-2.5 last:border-b-0 md:grid-cols-[minmax(0,4fr)_48px_minmax(0,5fr)_180px]">
      <div className="min-w-0 text-sm">{hubspot}</div>
      <BridgeArrow {...(on ? ENDS[to] : IDLE)} label={on ? t(to) : t("off")} className="hidden md:block" />
      <div className="order-last col-span-2 min-w-0 text-sm md:order-none md:col-span-1">{salesforce}</div>
      <div className="flex items-center justify-end gap-3">
        <Since on={on} savedOn={savedOn} since={since} />
        <Switch label={name} checked={on} disabled={disabled} onChange={onToggle} />
      </div>
    </li>
  );
}

function Since({ on, savedOn, since }: Pick<ToggleRowProps, "on" | "savedOn" | "since">) {
  const t = useTranslations("activities");
  if (on !== savedOn) return <span className="text-info text-xs">{t(on ? "willStart" : "willStop")}</span>;
  if (!on || since === undefined) return null;
  return (
    <span className="hidden text-ink-faint text-xs lg:inline">
      {t.rich("onSince", { moment: () => <RelativeTime at={since} /> })}
    </span>
  );
}
