"use client";

import { RotateCw, Unplug } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button } from "./button";
import { CopyButton } from "./copy-button";

type ErrorStateProps = { title: ReactNode; children?: ReactNode; requestId?: string | undefined; onRetry?: () => void };

/** What happened, why, what to do; with the request's id for whoever has to look into it. */
export function ErrorState({ title, children, requestId, onRetry }: ErrorStateProps) {
  const t = useTranslations("ui");
  return (
    <div role="alert" className="flex flex-col items-center px-6 py-12 text-center">
      <span className="mb-3 flex size-10 items-center justify-center rounded-lg bg-fail-soft text-fail">
        <Unplug className="size-5" aria-hidden />
      </span>
      <div className="font-semibold text-base">{title}</div>
      {children && <div className="mt-1 max-w-[440px] text-ink-soft text-sm">{children}</div>}
      {onRetry && (
        <Button className="mt-4" icon={<RotateCw aria-hidden />} onClick={onRetry}>
          {t("tryAgain")}
        </Button>
      )}
      {requestId && (
        <p className="mt-4 flex items-center gap-1 text-ink-faint text-xs">
          {t("requestId")} <span className="font-mono">{requestId}</span> <CopyButton value={requestId} />
        </p>
      )}
    </div>
  );
}
