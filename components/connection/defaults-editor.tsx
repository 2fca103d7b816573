"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { Banner } from "@/components/ui/banner";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { Settings } from "@/lib/browser/settings-draft";
import type { SalesforceType } from "@/lib/decide/record-types";
import { fieldLabelsQuery, requiredUnfilledQuery } from "./connection-queries";
import { listDefaults } from "./list-defaults";

type DefaultsEditorProps = {
  settings: Settings;
  onChange: (type: SalesforceType, field: string, value: string) => void;
};

/** Values for required Salesforce fields that HubSpot may leave blank; warns before the first record is refused. */
export function DefaultsEditor({ settings, onChange }: DefaultsEditorProps) {
  const t = useTranslations("connection.defaults");
  const { data: unfilled } = useQuery(requiredUnfilledQuery);
  const hasSaved = Object.values(settings.defaults).some((fields) => Object.keys(fields).length > 0);
  const { data: labels } = useQuery({ ...fieldLabelsQuery, enabled: hasSaved });
  const rows = listDefaults(settings, unfilled ?? [], labels);
  if (rows.length === 0) return null;
  const warned = rows.filter((row) => row.warns);
  return (
    <Card aria-labelledby="defaults-title">
      <CardHeader id="defaults-title" title={t("title")} note={t("note")} />
      <CardBody className="flex flex-col gap-4">
        {warned.length > 0 && (
          <Banner tone="warn" title={t("warning", { fields: warned.map((row) => row.label).join(t("comma")) })}>
            {t("warningWhat")}
          </Banner>
        )}
        <div className="grid gap-4 sm:grid-cols-2">
          {rows.map((row) => (
            <Field
              key={`${row.type}.${row.field}`}
              label={
                <span className="inline-flex items-center gap-2">
                  {row.label} <Badge>{t(row.type)}</Badge>
                </span>
              }
              aside={row.label === row.field ? undefined : <span className="font-mono">{row.field}</span>}
            >
              {(control) => (
                <Input
                  {...control}
                  value={row.value}
                  maxLength={255}
                  placeholder={t("placeholder")}
                  onChange={(event) => onChange(row.type, row.field, event.target.value)}
                />
              )}
            </Field>
          ))}
        </div>
      </CardBody>
    </Card>
  );
}
