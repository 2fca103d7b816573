"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { type Refusal, RefusalNote } from "@/components/sign-in/refusal-note";
import { sendSignIn } from "@/components/sign-in/send-sign-in";
import { Button, buttonClass } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { noteSession } from "@/lib/browser/session-end";

/** Signs the same person in again over the page, which keeps what was typed, chosen and scrolled to. */
export function SessionDialog({ email }: { email: string }) {
  const t = useTranslations("shell.sessionEnded");
  const signIn = useTranslations("sign-in");
  const client = useQueryClient();
  const [password, setPassword] = useState("");
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (password === "" || busy) return;
    setBusy(true);
    setRefusal(null);
    const answer = await sendSignIn(email, password);
    setBusy(false);
    if (answer.kind !== "ok") return setRefusal(answer);
    noteSession();
    // What was refused meanwhile is asked for again.
    await client.invalidateQueries();
  };
  const elsewhere = `/sign-in?next=${encodeURIComponent(window.location.pathname + window.location.search)}`;
  return (
    <Dialog
      open
      title={t("title")}
      description={t("what")}
      footer={
        <>
          <a href={elsewhere} className={buttonClass("ghost", "md", "mr-auto")}>
            {t("other")}
          </a>
          <Button variant="primary" type="submit" form="session-sign-in" busy={busy} disabled={password === ""}>
            {signIn("signIn")}
          </Button>
        </>
      }
    >
      <form id="session-sign-in" onSubmit={(event) => void submit(event)} className="flex flex-col gap-4 pb-1">
        {refusal && <RefusalNote refusal={refusal} />}
        <Field label={signIn("email")}>
          {(control) => <Input {...control} name="email" type="email" autoComplete="username" readOnly value={email} />}
        </Field>
        <Field label={signIn("password")}>
          {(control) => (
            <Input
              {...control}
              name="password"
              type="password"
              autoComplete="current-password"
              autoFocus
              value={password}
              onChange={(event) => setPassword(event.target.value)}
            />
          )}
        </Field>
      </form>
    </Dialog>
  );
}
