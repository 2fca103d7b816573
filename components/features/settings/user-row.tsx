"use client";

import { KeyRound, UserCheck, UserX } from "lucide-react";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { IconButton } from "@/components/ui/icon-button";
import { missingPart } from "@/components/ui/missing-part";
import { RelativeTime } from "@/components/ui/relative-time";
import { Skeleton } from "@/components/ui/skeleton";
import { showToast } from "@/components/ui/toast";
import { apiSend } from "@/lib/browser/api-client";
import type { Role, UserPatch, UserView } from "@/lib/contracts/users";
import { usersQuery } from "./settings-queries";
import type { ShownLink } from "./shown-link";
import { useSettingsAction } from "./use-settings-action";

// The select brings its positioning code along, which nothing before the first press needs.
const RoleSelect = dynamic(() => import("./role-field").then((file) => file.RoleSelect).catch(missingPart), {
  loading: () => <Skeleton className="h-8 w-full rounded-md" />,
});
const loadLink = () => import("@/lib/contracts/users").then((file) => file.passwordLinkSchema);

type UserRowProps = {
  user: UserView;
  mayOwn: boolean;
  onDeactivate: (user: UserView) => void;
  onLink: (shown: ShownLink) => void;
};

/** One person: who, when last seen, role, and what can be done. A changed role can be put back. */
export function UserRow({ user, mayOwn, onDeactivate, onLink }: UserRowProps) {
  const t = useTranslations("settings.users");
  const roles = useTranslations("settings.roles");
  const links = useTranslations("settings.link");
  const { id, name, email, role } = user;
  const change = useSettingsAction((patch: UserPatch) => apiSend("PATCH", `/api/users/${id}`, patch), {
    key: usersQuery.queryKey,
  });
  const makeLink = useSettingsAction(() => apiSend("POST", `/api/users/${id}/password-link`, {}, loadLink), {
    key: usersQuery.queryKey,
  });
  const outOfReach = role === "owner" && !mayOwn;
  const setRole = (next: Role) => {
    if (next === role) return;
    const undo = { label: t("undo"), onPress: () => change.mutate({ role }) };
    change.mutate(
      { role: next },
      {
        onSuccess: () =>
          showToast({ tone: "ok", title: t("roleChanged", { name, role: roles(`${next}.name`) }), action: undo }),
      },
    );
  };
  const sendLink = () =>
    makeLink.mutate(undefined, {
      onSuccess: ({ link }) =>
        link === null
          ? showToast({ tone: "ok", title: links("passwordSent", { email }) })
          : onLink({ purpose: "password", email, link }),
    });
  const reactivate = () =>
    change.mutate({ active: true }, { onSuccess: () => showToast({ tone: "ok", title: t("reactivated", { name }) }) });
  return (
    <li className="flex min-h-14 flex-wrap items-center gap-x-4 gap-y-2 border-line border-b px-4 py-2.5 last:border-b-0">
      <span
        aria-hidden
        className="flex size-7 shrink-0 items-center justify-center rounded-full bg-accent-soft font-semibold text-accent text-xs"
      >
        {name.slice(0, 1).toUpperCase()}
      </span>
      <div className="min-w-0 flex-1 basis-52">
        <p className="flex items-center gap-2 font-medium text-sm">
          <span className="truncate">{name}</span>
          {user.isYou && <Badge>{t("you")}</Badge>}
          {!user.active && <Badge tone="mute">{t("inactive")}</Badge>}
        </p>
        <p className="truncate text-ink-soft text-xs">{email}</p>
      </div>
      <p className="w-36 shrink-0 text-ink-faint text-xs max-sm:hidden">
        {user.lastSeenAt ? (
          <>
            {t("lastSeen")} <RelativeTime at={user.lastSeenAt} />
          </>
        ) : (
          t("notSeen")
        )}
      </p>
      <div className="flex items-center gap-1">
        <div className="mr-1 w-36">
          <RoleSelect
            label={t("roleOf", { name })}
            value={role}
            onChange={setRole}
            mayOwn={mayOwn}
            disabled={outOfReach || change.isPending || !user.active}
          />
        </div>
        <IconButton
          label={t("newPassword", { name })}
          disabled={outOfReach || !user.active || makeLink.isPending}
          onClick={sendLink}
        >
          <KeyRound aria-hidden />
        </IconButton>
        {user.active ? (
          <IconButton
            label={t("deactivate", { name })}
            disabled={outOfReach || user.isYou}
            onClick={() => onDeactivate(user)}
          >
            <UserX aria-hidden />
          </IconButton>
        ) : (
          <IconButton label={t("reactivate", { name })} disabled={outOfReach || change.isPending} onClick={reactivate}>
            <UserCheck aria-hidden />
          </IconButton>
        )}
      </div>
    </li>
  );
}
