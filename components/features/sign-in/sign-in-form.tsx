"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useRef, useState } from "react";
import { type Refusal, RefusalNote } from "@/components/sign-in/refusal-note";
import { sendSignIn } from "@/components/sign-in/send-sign-in";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { safeReturnPath } from "@/lib/browser/safe-return-path";
import { adoptSavedLanguage } from "./adopt-saved-language";

/** Email and password; `next` is the page that was asked for. A full load follows, so that the server sees the new session. */
export function SignInForm({ next }: { next: string | undefined }) {
  const t = useTranslations("sign-in");
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const password = useRef<HTMLInputElement>(null);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setBusy(true);
    setRefusal(null);
    const answer = await sendSignIn(String(form.get("email")).trim(), String(form.get("password")));
    if (answer.kind === "ok") {
      await adoptSavedLanguage();
      const target = safeReturnPath(next);
      window.location.assign(target === "/" ? "/start" : target);
      return;
    }
    setRefusal(answer);
    setBusy(false);
    password.current?.focus();
    password.current?.select();
  };
  return (
    <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
      {refusal && <RefusalNote refusal={refusal} />}
      <Field label={t("email")}>
        {(control) => (
          <Input {...control} name="email" type="email" autoComplete="username" required autoFocus className="h-9" />
        )}
      </Field>
      <Field label={t("password")}>
        {(control) => (
          <Input
            {...control}
            ref={password}
            name="password"
            type="password"
            autoComplete="current-password"
            required
            className="h-9"
          />
        )}
      </Field>
      <Button type="submit" variant="primary" busy={busy} className="mt-1 h-9 w-full">
        {busy ? t("signingIn") : t("signIn")}
      </Button>
    </form>
  );
}
