"use client";

import { useTranslations } from "next-intl";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import type { Role } from "@/lib/contracts/users";

const ROLES: readonly Role[] = ["read-only", "operator", "admin", "owner"];

type RoleFieldProps = {
  label: string;
  value: Role;
  onChange: (role: Role) => void;
  /** Only an owner gives the owner's rights */
  mayOwn: boolean;
};

/** The four roles, each with what it may. */
export function RoleField({ label, value, onChange, mayOwn }: RoleFieldProps) {
  const t = useTranslations("settings.roles");
  const options = ROLES.map((role) => ({
    value: role,
    label: t(`${role}.name`),
    hint: t(`${role}.what`),
    disabled: role === "owner" && !mayOwn,
  }));
  return (
    <Field label={label}>
      {(control) => <Select control={control} value={value} onChange={onChange} options={options} />}
    </Field>
  );
}

type RoleSelectProps = RoleFieldProps & { disabled: boolean };

/** The same without its label in sight, for rows. */
export function RoleSelect({ label, value, onChange, mayOwn, disabled }: RoleSelectProps) {
  const t = useTranslations("settings.roles");
  const options = ROLES.map((role) => ({
    value: role,
    label: t(`${role}.name`),
    hint: t(`${role}.what`),
    disabled: role === "owner" && !mayOwn,
  }));
  return <Select label={label} value={value} onChange={onChange} options={options} disabled={disabled} />;
}
