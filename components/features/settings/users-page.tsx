"use client";

import { useQuery } from "@tanstack/react-query";
import { UserPlus } from "lucide-react";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { missingOverlay } from "@/components/ui/missing-part";
import { meQuery } from "@/lib/browser/me-query";
import type { UserView } from "@/lib/contracts/users";
import { InvitationList } from "./invitation-list";
import { RolesCard } from "./roles-card";
import { RowsSkeleton } from "./rows-skeleton";
import { SectionHead } from "./section-head";
import { SettingsProblem } from "./settings-problem";
import { usersQuery } from "./settings-queries";
import type { ShownLink } from "./shown-link";
import { UserRow } from "./user-row";

const InviteDialog = dynamic(() => import("./invite-dialog").then((file) => file.InviteDialog).catch(missingOverlay));
const DeactivateDialog = dynamic(() =>
  import("./deactivate-dialog").then((file) => file.DeactivateDialog).catch(missingOverlay),
);
const LinkDialog = dynamic(() => import("./link-dialog").then((file) => file.LinkDialog).catch(missingOverlay));

/** Who may sign in, with which role; whom we wait for; what roles mean. */
export function UsersPage() {
  const t = useTranslations("settings.users");
  const { data, error, refetch } = useQuery(usersQuery);
  const { data: me } = useQuery(meQuery);
  const [inviting, setInviting] = useState(false);
  const [leaving, setLeaving] = useState<UserView | null>(null);
  const [shown, setShown] = useState<ShownLink | null>(null);
  const mayOwn = me?.permissions.includes("own") === true;
  if (!data && error) return <SettingsProblem error={error} onRetry={() => void refetch()} />;
  return (
    <div className="flex flex-col gap-8">
      <section aria-label={t("title")}>
        <SectionHead
          title={t("title")}
          note={data ? t("count", { count: data.users.length }) : "\u00a0"}
          actions={
            <Button variant="primary" icon={<UserPlus aria-hidden />} onClick={() => setInviting(true)}>
              {t("invite")}
            </Button>
          }
        />
        {data ? (
          <Card>
            <ul>
              {data.users.map((user) => (
                <UserRow key={user.id} user={user} mayOwn={mayOwn} onDeactivate={setLeaving} onLink={setShown} />
              ))}
            </ul>
          </Card>
        ) : (
          <RowsSkeleton />
        )}
      </section>
      {data && data.invitations.length > 0 && <InvitationList invitations={data.invitations} onLink={setShown} />}
      {data && <RolesCard />}
      {inviting && <InviteDialog mayOwn={mayOwn} onClose={() => setInviting(false)} onLink={setShown} />}
      {leaving && <DeactivateDialog user={leaving} onClose={() => setLeaving(null)} />}
      {shown && <LinkDialog shown={shown} onClose={() => setShown(null)} />}
    </div>
  );
}
