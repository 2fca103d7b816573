"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useSyncExternalStore } from "react";
import { LogoMark } from "@/components/layout/logo-mark";
import { Button, buttonClass } from "@/components/ui/button";
import { Skeleton } from "@/components/ui/skeleton";
import { apiSend } from "@/lib/browser/api-client";
import { useProblemWords } from "@/lib/browser/use-problem-words";
import { InvitationForm } from "./invitation-form";

const loadSchema = () => import("@/lib/contracts/users").then((file) => file.openedInvitationSchema);
const subscribe = (listener: () => void) => {
  window.addEventListener("hashchange", listener);
  return () => window.removeEventListener("hashchange", listener);
};

/** The token behind "#", which no server sees; null while the server renders. */
function useToken(): string | null {
  return useSyncExternalStore(
    subscribe,
    () => window.location.hash.slice(1),
    () => null,
  );
}

/** Where a link leads: what it is for, then a password. Opening the page uses nothing up. */
export function InvitationPage() {
  return (
    <main className="flex min-h-dvh flex-col items-center justify-center px-4 py-8">
      <div className="w-full max-w-[400px] rounded-xl border border-line bg-surface px-6 pt-6 pb-7 sm:px-8 sm:pt-8">
        <LogoMark className="mb-5 size-7 text-accent" />
        <Content token={useToken()} />
      </div>
    </main>
  );
}

function Content({ token }: { token: string | null }) {
  const t = useTranslations("settings.invitation");
  const words = useProblemWords();
  const { data, error, refetch } = useQuery({
    queryKey: ["invitation", token],
    queryFn: () => apiSend("POST", "/api/users/invitations/open", { token }, loadSchema),
    enabled: token !== null && token !== "",
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (token === "") return <Failure title={t("missingTitle")} what={t("missing")} />;
  if (error) {
    const { title, what } = words(error);
    const code = "code" in error ? error.code : "";
    const retry = code === "link_invalid" || code === "invalid_input" ? undefined : () => void refetch();
    return <Failure title={title} what={what} retry={retry} />;
  }
  if (data && token) return <InvitationForm token={token} opened={data} />;
  return (
    <div aria-busy="true" className="flex flex-col gap-3">
      <h1 className="sr-only">{t("loading")}</h1>
      <Skeleton className="h-6 w-56" />
      <Skeleton className="h-4 w-full" />
      <Skeleton className="mt-4 h-9 w-full rounded-md" />
      <Skeleton className="h-9 w-full rounded-md" />
    </div>
  );
}

function Failure({ title, what, retry }: { title: string; what: string; retry?: (() => void) | undefined }) {
  const t = useTranslations("settings.invitation");
  const ui = useTranslations("ui");
  return (
    <div role="alert">
      <h1 className="font-semibold text-xl tracking-tight">{title}</h1>
      <p className="mt-1 mb-6 text-ink-soft text-sm">{what}</p>
      <div className="flex gap-2">
        {retry && (
          <Button variant="primary" onClick={retry}>
            {ui("tryAgain")}
          </Button>
        )}
        <Link href="/sign-in" className={buttonClass("secondary")}>
          {t("toSignIn")}
        </Link>
      </div>
    </div>
  );
}
