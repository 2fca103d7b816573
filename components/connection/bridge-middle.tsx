"use client";

import clsx from "clsx";
import { useTranslations } from "next-intl";
import { LogoMark } from "@/components/layout/logo-mark";
import { Button } from "@/components/ui/button";
import { StatePill } from "@/components/ui/state-pill";
import { apiSend } from "@/lib/browser/api-client";
import type { ConnectionView } from "@/lib/contracts/connection";
import { useConnectionAction } from "./use-connection-action";

const TONE = { active: "ok", suspended: "warn", setup: "mute" } as const;

/** What stands between the two accounts: whether anything crosses, and *Resume* when it does not. */
export function BridgeMiddle({ connection, mayEdit }: { connection: ConnectionView; mayEdit: boolean }) {
  const t = useTranslations("connection.bridge");
  const resume = useConnectionAction(() => apiSend("POST", "/api/connection/resume"), t("resumed"));
  const closed = connection.status !== "active";
  const deck = clsx(
    "hidden h-px flex-1 xl:block",
    closed ? "border-line-strong border-t border-dashed" : "bg-line-strong",
  );
  return (
    <div className="relative flex flex-row items-center justify-center gap-3 py-1 xl:flex-col xl:gap-0 xl:py-0">
      <div className="flex items-center xl:w-full">
        <span className={deck} aria-hidden />
        <span className="flex size-10 items-center justify-center rounded-full border border-line-strong bg-surface">
          <LogoMark className={clsx("size-5", closed ? "text-ink-faint" : "text-accent")} />
        </span>
        <span className={deck} aria-hidden />
      </div>
      <div className="flex flex-wrap items-center gap-2 xl:absolute xl:top-1/2 xl:mt-8 xl:flex-col">
        <StatePill tone={TONE[connection.status]} label={t(connection.status)} />
        {connection.status === "suspended" && mayEdit && (
          <Button size="sm" busy={resume.isPending} onClick={() => resume.mutate(undefined)}>
            {t("resume")}
          </Button>
        )}
      </div>
    </div>
  );
}
