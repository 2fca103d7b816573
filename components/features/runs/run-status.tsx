"use client";

import { CircleAlert, CircleCheck, CircleDashed, CirclePause } from "lucide-react";
import { useTranslations } from "next-intl";
import { StatePill } from "@/components/ui/state-pill";
import type { Run } from "@/lib/contracts/overview";

export const RUN_LOOK = {
  running: { tone: "info", icon: CircleDashed },
  done: { tone: "ok", icon: CircleCheck },
  failed: { tone: "fail", icon: CircleAlert },
  interrupted: { tone: "warn", icon: CirclePause },
} as const;

/** How a run ended, as icon and word. */
export function RunStatus({ status }: { status: Run["status"] }) {
  const t = useTranslations("runs.statuses");
  const { tone, icon } = RUN_LOOK[status];
  return <StatePill look="plain" tone={tone} icon={icon} label={t(status)} moving={status === "running"} />;
}
