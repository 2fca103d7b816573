"use client";

import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardFooter, CardHeader } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { showToast } from "@/components/ui/toast";
import { ApiProblem, apiSend } from "@/lib/browser/api-client";
import { useProblemWords } from "@/lib/browser/use-problem-words";

/** Said by the server too; here it spares the way. */
const PASSWORD_MIN = 12;

/** Changes the password of whoever is signed in; the other browsers are signed out. */
export function PasswordCard() {
  const t = useTranslations("settings.preferences");
  const words = useProblemWords();
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const [short, setShort] = useState(false);
  const change = useMutation({
    mutationFn: () =>
      apiSend("POST", "/api/auth/change-password", {
        currentPassword: current,
        newPassword: next,
        revokeOtherSessions: true,
      }),
    onSuccess: () => {
      setCurrent("");
      setNext("");
      showToast({ tone: "ok", title: t("changed") });
    },
    onError: (error) => {
      if (isWrong(error)) return;
      const { title, what } = words(error);
      showToast({ tone: "fail", title, detail: what });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setShort(next.length < PASSWORD_MIN);
    if (next.length >= PASSWORD_MIN) change.mutate();
  };
  return (
    <Card aria-labelledby="password-title">
      <CardHeader id="password-title" title={t("passwordTitle")} />
      <form noValidate onSubmit={submit}>
        <CardBody className="grid gap-4 sm:grid-cols-2">
          <Field label={t("current")} error={isWrong(change.error) ? t("wrong") : undefined}>
            {(control) => (
              <Input
                {...control}
                type="password"
                autoComplete="current-password"
                value={current}
                onChange={(event) => {
                  setCurrent(event.target.value);
                  change.reset();
                }}
              />
            )}
          </Field>
          <Field
            label={t("next")}
            hint={t("nextHint", { min: PASSWORD_MIN })}
            error={short ? t("tooShort", { min: PASSWORD_MIN }) : undefined}
          >
            {(control) => (
              <Input
                {...control}
                type="password"
                autoComplete="new-password"
                value={next}
                onChange={(event) => {
                  setNext(event.target.value);
                  setShort(false);
                }}
              />
            )}
          </Field>
        </CardBody>
        <CardFooter>
          <Button type="submit" busy={change.isPending} disabled={current === "" || next === ""}>
            {t("change")}
          </Button>
        </CardFooter>
      </form>
    </Card>
  );
}

function isWrong(error: unknown): boolean {
  return error instanceof ApiProblem && error.fields.some((field) => field.path === "currentPassword");
}
