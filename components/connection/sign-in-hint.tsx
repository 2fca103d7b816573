"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { Banner } from "@/components/ui/banner";
import { CopyButton } from "@/components/ui/copy-button";
import type { Side } from "@/lib/decide/record-types";
import { setupQuery } from "./permissions-query";

/** On whose pages one signs in, sandbox or production; and what is missing where this server cannot sign in at all. */
export function SignInHint({ side }: { side: Side }) {
  const t = useTranslations("connection.side");
  const crm = useTranslations("shell")(side);
  const { data } = useQuery(setupQuery);
  if (!data) return null;
  const { isSet, signInAt, callbackUrl } = data[side];
  if (!isSet) {
    const names = `${side.toUpperCase()}_CLIENT_ID, ${side.toUpperCase()}_CLIENT_SECRET`;
    return (
      <Banner tone="warn" title={t("notSetTitle", { crm })}>
        <p>{t("notSet", { names })}</p>
        <p className="mt-1 flex items-center gap-1">
          <code className="break-all font-mono text-xs">{callbackUrl}</code>
          <CopyButton value={callbackUrl} what={callbackUrl} />
        </p>
      </Banner>
    );
  }
  if (side === "hubspot") return null;
  const kind =
    signInAt === "test.salesforce.com"
      ? "signInSandbox"
      : signInAt === "login.salesforce.com"
        ? "signInProduction"
        : "signInOther";
  return (
    <p className="text-ink-soft text-sm">
      {t("signInAt")} <code className="font-mono text-xs">{signInAt}</code>. {t(kind)}
    </p>
  );
}
