"use client";

import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { RelativeTime } from "@/components/ui/relative-time";
import { showToast } from "@/components/ui/toast";
import { apiSend } from "@/lib/browser/api-client";
import type { InvitationView } from "@/lib/contracts/users";
import { SectionHead } from "./section-head";
import { usersQuery } from "./settings-queries";
import type { ShownLink } from "./shown-link";
import { useSettingsAction } from "./use-settings-action";

const loadMade = () => import("@/lib/contracts/users").then((file) => file.invitationMadeSchema);

type InvitationListProps = { invitations: readonly InvitationView[]; onLink: (shown: ShownLink) => void };

/** Whom we wait for. */
export function InvitationList({ invitations, onLink }: InvitationListProps) {
  const t = useTranslations("settings.invitations");
  return (
    <section aria-label={t("title")}>
      <SectionHead title={t("title")} note={t("note")} />
      <Card>
        <ul>
          {invitations.map((invitation) => (
            <InvitationRow key={invitation.id} invitation={invitation} onLink={onLink} />
          ))}
        </ul>
      </Card>
    </section>
  );
}

type InvitationRowProps = { invitation: InvitationView; onLink: (shown: ShownLink) => void };

function InvitationRow({ invitation, onLink }: InvitationRowProps) {
  const t = useTranslations("settings.invitations");
  const roles = useTranslations("settings.roles");
  const { id, email, role, invitedBy, expiresAt, expired } = invitation;
  const renew = useSettingsAction(() => apiSend("POST", `/api/users/invitations/${id}/renew`, {}, loadMade), {
    key: usersQuery.queryKey,
  });
  const withdraw = useSettingsAction(() => apiSend("DELETE", `/api/users/invitations/${id}`), {
    key: usersQuery.queryKey,
  });
  const send = () =>
    renew.mutate(undefined, {
      onSuccess: ({ link }) =>
        link === null
          ? showToast({ tone: "ok", title: t("sent", { email }) })
          : onLink({ purpose: "invite", email, link }),
    });
  const end = () =>
    withdraw.mutate(undefined, { onSuccess: () => showToast({ tone: "ok", title: t("withdrawn", { email }) }) });
  return (
    <li className="flex min-h-14 flex-wrap items-center gap-x-4 gap-y-2 border-line border-b px-4 py-2.5 last:border-b-0">
      <div className="min-w-0 flex-1 basis-52">
        <p className="truncate font-medium text-sm">{email}</p>
        <p className="truncate text-ink-soft text-xs">
          {roles(`${role}.name`)} · {t("by", { by: invitedBy })}
        </p>
      </div>
      <p className="text-ink-faint text-xs">
        {expired ? (
          <Badge tone="warn">{t("expired")}</Badge>
        ) : (
          <>
            {t("expires")} <RelativeTime at={expiresAt} />
          </>
        )}
      </p>
      <div className="flex items-center gap-2">
        <Button size="sm" busy={renew.isPending} aria-label={t("renewFor", { email })} onClick={send}>
          {t("renew")}
        </Button>
        <Button
          size="sm"
          variant="danger"
          busy={withdraw.isPending}
          aria-label={t("withdrawFor", { email })}
          onClick={end}
        >
          {t("withdraw")}
        </Button>
      </div>
    </li>
  );
}
