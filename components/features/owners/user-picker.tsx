"use client";

import { useTranslations } from "next-intl";
import { useEffect, useId, useMemo, useRef } from "react";
import { Combobox, type ComboboxItem } from "@/components/ui/combobox";
import type { User } from "./owner-rows";

type UserPickerProps = {
  label: string;
  users: User[];
  value: string | null;
  clearLabel: string;
  disabled?: boolean;
  onChange: (userId: string | null) => void;
  /** The box was asked for: it takes the focus, and is told to go when the focus has left it */
  onDone?: () => void;
};

/** One Salesforce user, found by name or address; inactive ones are shown and cannot be chosen. */
export function UserPicker({ label, users, value, clearLabel, disabled = false, onChange, onDone }: UserPickerProps) {
  const t = useTranslations("owners");
  const id = useId();
  const box = useRef<HTMLFieldSetElement>(null);
  const takesFocus = onDone !== undefined;
  useEffect(() => {
    if (takesFocus) box.current?.querySelector("input")?.focus();
  }, [takesFocus]);
  const items = useMemo(
    () =>
      users.map(
        (user): ComboboxItem => ({
          value: user.id,
          label: user.name || user.email,
          note: user.email,
          disabled: !user.active,
          ...(user.active ? {} : { aside: t("userInactive") }),
        }),
      ),
    [users, t],
  );
  return (
    <fieldset
      ref={box}
      className="min-w-0"
      onBlur={(event) => {
        // Into the list, which hangs elsewhere in the document, nothing is focused: it follows the input.
        if (!event.currentTarget.contains(event.relatedTarget)) onDone?.();
      }}
    >
      <label htmlFor={id} className="sr-only">
        {label}
      </label>
      <Combobox
        control={{ id, "aria-describedby": undefined, "aria-invalid": undefined }}
        value={value}
        items={items}
        disabled={disabled}
        placeholder={t("searchUsers")}
        clearLabel={clearLabel}
        noMatches={t("noUser")}
        onChange={onChange}
      />
    </fieldset>
  );
}
