"use client";

import { CircleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import type { SignInAnswer } from "./send-sign-in";

export type Refusal = Exclude<SignInAnswer, { kind: "ok" }>;

/** Why the sign-in did not let anybody in, and what to do. */
export function RefusalNote({ refusal }: { refusal: Refusal }) {
  const t = useTranslations("sign-in");
  const wait = refusal.kind === "rate_limited" ? refusal.waitSeconds : null;
  return (
    <div role="alert" className="flex gap-2 rounded-md bg-fail-soft px-3 py-2.5 text-sm">
      <CircleAlert className="mt-0.5 size-4 shrink-0 text-fail" aria-hidden />
      <div>
        <p className="font-medium">{t(`${refusal.kind}.title`)}</p>
        <p className="text-ink-soft">
          {wait === null ? t(`${refusal.kind}.what`) : t("rate_limited.wait", { seconds: wait })}
        </p>
      </div>
    </div>
  );
}
