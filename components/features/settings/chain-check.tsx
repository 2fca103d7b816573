"use client";

import { useMutation } from "@tanstack/react-query";
import { ShieldCheck } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { showToast } from "@/components/ui/toast";
import { apiGet } from "@/lib/browser/api-client";
import { formatExact } from "@/lib/browser/format-time";
import { useProblemWords } from "@/lib/browser/use-problem-words";

const loadSchema = () => import("@/lib/contracts/audit").then((file) => file.auditChainSchema);

/** Computes the chain of hashes anew and tells whether an entry was changed or is missing. */
export function ChainCheck() {
  const t = useTranslations("settings.audit");
  const locale = useLocale();
  const words = useProblemWords();
  const check = useMutation({
    mutationFn: () => apiGet("/api/audit/verify", loadSchema),
    onSuccess: ({ checked, brokenAt }) =>
      brokenAt
        ? showToast({ tone: "fail", title: t("broken", { when: formatExact(brokenAt.at, locale) }) })
        : showToast({ tone: "ok", title: t("intact", { count: checked }) }),
    onError: (error) => showToast({ tone: "fail", title: words(error).title, detail: words(error).what }),
  });
  return (
    <Button variant="ghost" icon={<ShieldCheck aria-hidden />} busy={check.isPending} onClick={() => check.mutate()}>
      {t("verify")}
    </Button>
  );
}
