"use client";

import { useQueries } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import type { SettingsForm } from "@/components/settings-form/use-settings-form";
import { Badge } from "@/components/ui/badge";
import { Banner } from "@/components/ui/banner";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { Settings } from "@/lib/browser/settings-draft";
import { createdObjects, fieldLabelsQuery, requiredUnfilledQuery } from "./connection-queries";
import { type DefaultRow, listDefaults } from "./list-defaults";

type DefaultsEditorProps = { form: SettingsForm; settings: Settings };

/** Values for required Salesforce fields that HubSpot may leave blank; warns before the first record is refused. */
export function DefaultsEditor({ form, settings }: DefaultsEditorProps) {
  const t = useTranslations("connection.defaults");
  const objects = createdObjects(settings);
  const unfilled = useQueries({ queries: objects.map((object) => requiredUnfilledQuery(object)) });
  const labels = useQueries({ queries: objects.map((object) => fieldLabelsQuery(object)) });
  const rows = listDefaults(
    settings,
    unfilled.flatMap(({ data }) => data ?? []),
    Object.assign({}, ...labels.map(({ data }) => data ?? {})),
  );
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
                  disabled={!form.mayEdit}
                  onChange={(event) =>
                    form.changeIn("defaults", row.type, withValue(settings, row, event.target.value))
                  }
                />
              )}
            </Field>
          ))}
        </div>
      </CardBody>
    </Card>
  );
}

/** The defaults of one record type after typing; an empty text means no default. */
function withValue(settings: Settings, { type, field }: DefaultRow, value: string): Record<string, string> {
  const { [field]: _, ...rest } = settings.defaults[type] ?? {};
  return value.trim() === "" ? rest : { ...rest, [field]: value };
}
