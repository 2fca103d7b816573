"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { kindOfPlace, listPlaces, PLACE_HOSTS, type PlaceKind } from "./sign-in-places";

type SignInPlaceProps = {
  /** The host, as chosen or typed */
  value: string;
  /** Where this server signs in unless told otherwise */
  serverHost: string;
  /** What is wrong with the domain */
  error: string | undefined;
  onChange: (host: string) => void;
};

/** Production, sandbox or the org's own domain: where Salesforce asks for name and password. */
export function SignInPlace({ value, serverHost, error, onChange }: SignInPlaceProps) {
  const t = useTranslations("connection.place");
  const [kind, setKind] = useState(() => kindOfPlace(value, serverHost));
  const choose = (next: PlaceKind) => {
    setKind(next);
    if (next === "domain") return onChange("");
    onChange(next === "server" ? serverHost : PLACE_HOSTS[next]);
  };
  return (
    <div className="flex w-full flex-col gap-3">
      <div className="flex flex-col items-start gap-1.5">
        <span className="font-medium text-ink text-sm" aria-hidden>
          {t("label")}
        </span>
        <SegmentedControl
          label={t("label")}
          value={kind}
          segments={listPlaces(serverHost).map((one) => ({ value: one, label: t(`kinds.${one}`) }))}
          onChange={choose}
        />
        {kind !== "domain" && <p className="break-all font-mono text-ink-faint text-xs">{value}</p>}
      </div>
      {kind === "domain" && (
        <Field label={t("domain")} hint={t("domainHint")} error={error}>
          {(control) => (
            <Input
              {...control}
              value={value}
              maxLength={255}
              autoCapitalize="none"
              spellCheck={false}
              placeholder="acme.my.salesforce.com"
              onChange={(event) => onChange(event.target.value)}
            />
          )}
        </Field>
      )}
    </div>
  );
}
