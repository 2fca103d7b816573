"use client";

import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { apiSend } from "@/lib/browser/api-client";
import { useProblemWords } from "@/lib/browser/use-problem-words";
import type { OpenedInvitation } from "@/lib/contracts/users";

/** Said by the server too; here it spares the way. */
const PASSWORD_MIN = 12;

/** Name and password, or the password alone; afterwards one is signed in. */
export function InvitationForm({ token, opened }: { token: string; opened: OpenedInvitation }) {
  const t = useTranslations("settings.invitation");
  const roles = useTranslations("settings.roles");
  const words = useProblemWords();
  const { purpose, email, role, invitedBy } = opened;
  const isInvite = purpose === "invite";
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const [checked, setChecked] = useState(false);
  const nameMissing = isInvite && name.trim() === "";
  const tooShort = password.length < PASSWORD_MIN;
  const accept = useMutation({
    mutationFn: () =>
      apiSend("POST", "/api/users/invitations/accept", { token, password, ...(isInvite ? { name } : {}) }),
    // A full load, so that the server sees the new session and the token leaves the address.
    onSuccess: () => window.location.replace("/"),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (!nameMissing && !tooShort) accept.mutate();
  };
  const done = accept.isPending || accept.isSuccess;
  return (
    <>
      <h1 className="font-semibold text-xl tracking-tight">{t(isInvite ? "inviteTitle" : "passwordTitle")}</h1>
      <p className="mt-1 mb-6 text-ink-soft text-sm">
        {isInvite ? t("invite", { by: invitedBy, role: roles(`${role}.name`) }) : t("password", { email })}
      </p>
      <form noValidate onSubmit={submit} className="flex flex-col gap-4">
        {accept.error && (
          <p role="alert" className="rounded-md bg-fail-soft px-3 py-2 text-fail text-sm">
            {words(accept.error).title}
          </p>
        )}
        <input type="email" autoComplete="username" value={email} readOnly hidden />
        {isInvite && (
          <Field label={t("name")} error={checked && nameMissing ? t("nameMissing") : undefined}>
            {(control) => (
              <Input
                {...control}
                autoComplete="name"
                autoFocus
                value={name}
                onChange={(event) => setName(event.target.value)}
                className="h-9"
              />
            )}
          </Field>
        )}
        <Field
          label={t("newPassword")}
          hint={t("hint", { min: PASSWORD_MIN })}
          error={checked && tooShort ? t("tooShort", { min: PASSWORD_MIN }) : undefined}
        >
          {(control) => (
            <Input
              {...control}
              type="password"
              autoComplete="new-password"
              value={password}
              onChange={(event) => setPassword(event.target.value)}
              className="h-9"
            />
          )}
        </Field>
        <Button type="submit" variant="primary" busy={done} className="mt-1 h-9 w-full">
          {t(isInvite ? "accept" : "set")}
        </Button>
      </form>
    </>
  );
}
