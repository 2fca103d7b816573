"use client";

import { useLocale, useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { showToast } from "@/components/ui/toast";
import { ApiProblem, apiSend } from "@/lib/browser/api-client";
import { useProblemWords } from "@/lib/browser/use-problem-words";
import type { Role } from "@/lib/contracts/users";
import { RoleField } from "./role-field";
import { usersQuery } from "./settings-queries";
import type { ShownLink } from "./shown-link";
import { useSettingsAction } from "./use-settings-action";

type Language = "en" | "ja";
const LANGUAGES: { value: Language; label: string }[] = [
  { value: "en", label: "English" },
  { value: "ja", label: "日本語" },
];
const loadMade = () => import("@/lib/contracts/users").then((file) => file.invitationMadeSchema);

type InviteDialogProps = { mayOwn: boolean; onClose: () => void; onLink: (shown: ShownLink) => void };

/** Address, role and language; afterwards the link, when no e-mail carries it. */
export function InviteDialog({ mayOwn, onClose, onLink }: InviteDialogProps) {
  const t = useTranslations("settings.inviteDialog");
  const told = useTranslations("settings.invitations");
  const fields = useTranslations("problems.fields");
  const ui = useTranslations("ui");
  const words = useProblemWords();
  const [email, setEmail] = useState("");
  const [role, setRole] = useState<Role>("operator");
  const [language, setLanguage] = useState<Language>(useLocale() === "ja" ? "ja" : "en");
  const invite = useSettingsAction(
    () => apiSend("POST", "/api/users/invitations", { email: email.trim(), role, language }, loadMade),
    { key: usersQuery.queryKey, quiet: true },
  );
  const { error } = invite;
  const atEmail = error instanceof ApiProblem && error.fields.some((field) => field.path === "email");
  const problem = error ? (atEmail ? fields("invalid") : words(error).title) : undefined;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    invite.mutate(undefined, {
      onSuccess: ({ link, invitation }) => {
        onClose();
        if (link === null) showToast({ tone: "ok", title: told("sent", { email: invitation.email }) });
        else onLink({ purpose: "invite", email: invitation.email, link });
      },
    });
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t("title")}
      description={t("what")}
      footer={
        <>
          <Button onClick={onClose}>{ui("cancel")}</Button>
          <Button variant="primary" type="submit" form="invite" busy={invite.isPending}>
            {t("submit")}
          </Button>
        </>
      }
    >
      <form id="invite" noValidate onSubmit={submit} className="flex flex-col gap-4 pb-1">
        <Field label={t("email")} error={problem}>
          {(control) => (
            <Input
              {...control}
              type="email"
              autoComplete="off"
              autoFocus
              value={email}
              onChange={(event) => {
                setEmail(event.target.value);
                invite.reset();
              }}
            />
          )}
        </Field>
        <RoleField label={t("role")} value={role} onChange={setRole} mayOwn={mayOwn} />
        <div className="flex flex-col gap-1.5">
          <span className="font-medium text-ink text-sm" aria-hidden>
            {t("language")}
          </span>
          <SegmentedControl
            label={t("language")}
            value={language}
            onChange={setLanguage}
            segments={LANGUAGES}
            className="self-start"
          />
        </div>
      </form>
    </Dialog>
  );
}
