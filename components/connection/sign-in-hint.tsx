"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { Banner } from "@/components/ui/banner";
import { CopyButton } from "@/components/ui/copy-button";
import type { Side } from "@/lib/decide/record-types";
import { setupQuery } from "./permissions-query";

/** What is missing where this server cannot sign in at all. */
export function SignInHint({ side }: { side: Side }) {
  const t = useTranslations("connection.side");
  const crm = useTranslations("shell")(side);
  const { data } = useQuery(setupQuery);
  if (!data || data[side].isSet) return null;
  const { callbackUrl } = data[side];
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
