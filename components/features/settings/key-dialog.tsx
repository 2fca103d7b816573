"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { ApiProblem, apiSend } from "@/lib/browser/api-client";
import { useProblemWords } from "@/lib/browser/use-problem-words";
import type { ApiKeyMade } from "@/lib/contracts/api-keys";
import type { Role } from "@/lib/contracts/users";
import { RoleField } from "./role-field";
import { SecretBox } from "./secret-box";
import { apiKeysQuery } from "./settings-queries";
import { useSettingsAction } from "./use-settings-action";

const loadMade = () => import("@/lib/contracts/api-keys").then((file) => file.apiKeyMadeSchema);

/** Name and role; then the key, this once. */
export function KeyDialog({ mayOwn, onClose }: { mayOwn: boolean; onClose: () => void }) {
  const [made, setMade] = useState<ApiKeyMade | null>(null);
  return made ? (
    <MadeKey made={made} onClose={onClose} />
  ) : (
    <NewKey mayOwn={mayOwn} onClose={onClose} onMade={setMade} />
  );
}

function MadeKey({ made, onClose }: { made: ApiKeyMade; onClose: () => void }) {
  const t = useTranslations("settings.keyDialog");
  const example = `curl -H "Authorization: Bearer ${made.key.prefix}…" ${window.location.origin}/api/overview`;
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t("madeTitle", { name: made.key.name })}
      width="md"
      footer={
        <Button variant="primary" onClick={onClose}>
          {t("done")}
        </Button>
      }
    >
      <div className="flex flex-col gap-4">
        <Banner tone="info" title={t("once")} />
        <SecretBox value={made.secret} label={t("secret")} />
        <div>
          <p className="mb-1.5 font-medium text-sm">{t("example")}</p>
          <pre className="whitespace-pre-wrap break-all rounded-md bg-hover px-3 py-2 font-mono text-ink-soft text-xs">
            {example}
          </pre>
        </div>
      </div>
    </Dialog>
  );
}

type NewKeyProps = { mayOwn: boolean; onClose: () => void; onMade: (made: ApiKeyMade) => void };

function NewKey({ mayOwn, onClose, onMade }: NewKeyProps) {
  const t = useTranslations("settings.keyDialog");
  const fields = useTranslations("problems.fields");
  const ui = useTranslations("ui");
  const words = useProblemWords();
  const [name, setName] = useState("");
  const [role, setRole] = useState<Role>("read-only");
  const make = useSettingsAction(() => apiSend("POST", "/api/api-keys", { name, role }, loadMade), {
    key: apiKeysQuery.queryKey,
    quiet: true,
  });
  const { error } = make;
  const atName = error instanceof ApiProblem && error.fields.some((field) => field.path === "name");
  const problem = error
    ? atName
      ? fields(name.trim() === "" ? "required" : "too_long")
      : words(error).title
    : undefined;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    make.mutate(undefined, { onSuccess: onMade });
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t("title")}
      footer={
        <>
          <Button onClick={onClose}>{ui("cancel")}</Button>
          <Button variant="primary" type="submit" form="make-key" busy={make.isPending}>
            {t("submit")}
          </Button>
        </>
      }
    >
      <form id="make-key" noValidate onSubmit={submit} className="flex flex-col gap-4 pb-1">
        <Field label={t("name")} hint={t("nameHint")} error={problem}>
          {(control) => (
            <Input
              {...control}
              autoComplete="off"
              autoFocus
              value={name}
              onChange={(event) => {
                setName(event.target.value);
                make.reset();
              }}
            />
          )}
        </Field>
        <RoleField label={t("role")} value={role} onChange={setRole} mayOwn={mayOwn} />
      </form>
    </Dialog>
  );
}
