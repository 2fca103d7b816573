"use client";

import { TriangleAlert } from "lucide-react";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { missingPart } from "@/components/ui/missing-part";
import { SettingRow } from "@/components/ui/setting-row";
import { Skeleton } from "@/components/ui/skeleton";
import type { User } from "./owner-rows";

const UserPicker = dynamic(() => import("./user-picker").then((file) => file.UserPicker).catch(missingPart), {
  ssr: false,
  loading: () => <Skeleton className="h-8 w-full" />,
});

type DefaultOwnerCardProps = {
  users: User[];
  userId: string | null;
  disabled: boolean;
  onChange: (userId: string | null) => void;
};

/** O1: what happens where nobody matches, and who owns new records then. */
export function DefaultOwnerCard({ users, userId, disabled, onChange }: DefaultOwnerCardProps) {
  const t = useTranslations("owners.fallback");
  const user = users.find((one) => one.id === userId);
  const isUnusable = userId !== null && !user?.active;
  return (
    <Card>
      <CardHeader title={t("title")} note={t("note")} />
      <CardBody className="py-1">
        <SettingRow label={t("existing")} hint={t("existingHint")}>
          <span className="text-ink-soft text-sm">{t("keeps")}</span>
        </SettingRow>
        <SettingRow label={t("leads")} hint={t("leadsHint")}>
          <span className="text-ink-soft text-sm">{t("assignment")}</span>
        </SettingRow>
        <SettingRow label={t("others")} hint={t("othersHint")}>
          <div className="w-full sm:w-72">
            <UserPicker
              label={t("others")}
              users={users}
              value={userId}
              clearLabel={t("clear")}
              disabled={disabled}
              onChange={onChange}
            />
            {isUnusable && (
              <p className="mt-1 flex items-start gap-1 text-warn text-xs">
                <TriangleAlert className="mt-0.5 size-3 shrink-0" aria-hidden />
                {t(user ? "inactive" : "gone")}
              </p>
            )}
          </div>
        </SettingRow>
      </CardBody>
    </Card>
  );
}
