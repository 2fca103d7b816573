"use client";

import { Check, Minus } from "lucide-react";
import { useTranslations } from "next-intl";
import { Card, CardHeader } from "@/components/ui/card";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import type { PermissionName, Role } from "@/lib/contracts/users";

const ROLES: readonly Role[] = ["owner", "admin", "operator", "read-only"];
const FROM_LEAST: readonly Role[] = [...ROLES].reverse();
/** The least role that may; every one above it may as well. */
const LEAST: Record<PermissionName, Role> = {
  read: "read-only",
  sync: "operator",
  configure: "admin",
  administer: "admin",
  own: "owner",
};
const PERMISSIONS = Object.keys(LEAST) as PermissionName[];

/** What each role may do, as one small table. */
export function RolesCard() {
  const t = useTranslations("settings.users");
  const roles = useTranslations("settings.roles");
  const may = (role: Role, permission: PermissionName) =>
    FROM_LEAST.indexOf(role) >= FROM_LEAST.indexOf(LEAST[permission]);
  return (
    <Card aria-labelledby="roles-title">
      <CardHeader id="roles-title" title={t("rolesTitle")} />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must be reachable by keyboard */}
      <div className="overflow-x-auto" tabIndex={0}>
        <Table>
          <thead>
            <tr>
              <Th>{t("rolesColumns.what")}</Th>
              {ROLES.map((role) => (
                <Th key={role}>
                  <span className="block text-center">{roles(`${role}.name`)}</span>
                </Th>
              ))}
            </tr>
          </thead>
          <tbody>
            {PERMISSIONS.map((permission) => (
              <Tr key={permission}>
                <Td className="whitespace-nowrap">{t(`rolesColumns.${permission}`)}</Td>
                {ROLES.map((role) => (
                  <Td key={role} className="text-center">
                    {may(role, permission) ? (
                      <Check className="mx-auto size-4 text-ok" role="img" aria-label={t("yes")} />
                    ) : (
                      <Minus className="mx-auto size-4 text-ink-faint" role="img" aria-label={t("no")} />
                    )}
                  </Td>
                ))}
              </Tr>
            ))}
          </tbody>
        </Table>
      </div>
    </Card>
  );
}
