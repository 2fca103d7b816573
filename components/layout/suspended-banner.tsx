"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import { Banner } from "@/components/ui/banner";
import { Button, buttonClass } from "@/components/ui/button";
import { showToast } from "@/components/ui/toast";
import { apiSend } from "@/lib/browser/api-client";
import { meQuery } from "@/lib/browser/me-query";
import { overviewQuery } from "@/lib/browser/overview-query";
import { useProblemWords } from "@/lib/browser/use-problem-words";

/** Only a new sign-in cures these; everything else may be tried again with *Resume*. */
const NEEDS_SIGN_IN = new Set(["sign_in_lost", "scope_missing"]);

/** Over every page: why everything stands still and what to do about it; nothing while the connection is active. */
export function SuspendedBanner() {
  const t = useTranslations("shell.suspension");
  const shell = useTranslations("shell");
  const client = useQueryClient();
  const words = useProblemWords();
  const pathname = usePathname();
  const { data: me } = useQuery(meQuery);
  const { data: overview } = useQuery(overviewQuery);
  const resume = useMutation({
    mutationFn: () => apiSend("POST", "/api/connection/resume"),
    onSuccess: () => showToast({ tone: "ok", title: t("resumed") }),
    onError: (error) => showToast({ tone: "fail", title: t("resumeFailed"), detail: words(error).what }),
    // Resuming changes every record's state: all that is shown is read anew
    onSettled: () => client.invalidateQueries(),
  });
  const connection = overview?.connection;
  if (connection?.status !== "suspended") return null;
  const reason = connection.suspendedReason ?? "unknown";
  const crm = connection.suspendedSide ? shell(connection.suspendedSide) : t("bothCrms");
  const known = t.has(`reasons.${reason}.title`) ? reason : "unknown";
  const actions = NEEDS_SIGN_IN.has(reason) ? (
    // On the page that it leads to, the account's own card has the button
    pathname !== "/connection" && (
      <Link href="/connection" className={buttonClass("primary")}>
        {t("reconnect", { crm })}
      </Link>
    )
  ) : (
    <Button variant="primary" busy={resume.isPending} onClick={() => resume.mutate()}>
      {t("resume")}
    </Button>
  );
  return (
    <Banner
      tone="warn"
      className="rounded-none border-x-0 border-t-0 sm:px-8"
      title={t(`reasons.${known}.title`, { crm })}
      actions={me?.permissions.includes("sync") ? actions : undefined}
    >
      <p>{t(`reasons.${known}.todo`, { crm })}</p>
      {connection.suspendedDetail && (
        <p className="mt-1 text-ink-faint text-xs">
          {t("answer", { crm })} <span className="font-mono">{connection.suspendedDetail}</span>
        </p>
      )}
    </Banner>
  );
}
