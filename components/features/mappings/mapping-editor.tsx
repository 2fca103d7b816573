"use client";

import type { UseQueryResult } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useMemo, useState } from "react";
import { ErrorState } from "@/components/ui/error-state";
import { Skeleton } from "@/components/ui/skeleton";
import type { Mapping, MappingFields } from "@/lib/contracts/mappings";
import { FieldChoices } from "./field-choices";
import { FindingsList } from "./findings-list";
import { readValueTable } from "./mapping-form";
import { RulePicker } from "./rule-picker";
import type { useMappingEditor } from "./use-mapping-editor";
import { ValueMapEditor } from "./value-map-editor";

type MappingEditorProps = {
  fields: UseQueryResult<MappingFields>;
  others: readonly Mapping[];
  editor: ReturnType<typeof useMappingEditor>;
  disabled: boolean;
};

/** The body of the drawer: ends, findings, rule, options. */
export function MappingEditor({ fields, others, editor, disabled }: MappingEditorProps) {
  const t = useTranslations("mappings");
  const { form, change } = editor;
  const [filled, setFilled] = useState<"leadField" | "contactField" | null>(null);
  const values = useMemo(() => {
    const find = (ends: MappingFields["hubspot"] | undefined, name: string | null) =>
      ends?.find((e) => e.name === name);
    return readValueTable(
      find(fields.data?.hubspot, form.hubspotProperty),
      [find(fields.data?.lead, form.leadField), find(fields.data?.contact, form.contactField)],
      form.valueMap,
    );
  }, [fields.data, form]);
  if (fields.isPending) return <EditorSkeleton />;
  if (!fields.data) {
    return <ErrorState title={t("drawer.fieldsError")} onRetry={() => void fields.refetch()} />;
  }
  return (
    <>
      <FieldChoices
        form={form}
        fields={fields.data}
        others={others}
        filled={filled}
        disabled={disabled}
        onChange={(next, nowFilled) => {
          setFilled(nowFilled);
          change(next);
        }}
      />
      {editor.complete && <FindingsList findings={editor.findings} checking={editor.checking} />}
      <RulePicker value={form.rule} onChange={(rule) => change({ ...form, rule })} disabled={disabled} />
      {values && (
        <ValueMapEditor
          key={`${form.hubspotProperty} ${form.leadField} ${form.contactField}`}
          table={values}
          valueMap={form.valueMap}
          onChange={(valueMap) => change({ ...form, valueMap })}
          disabled={disabled}
        />
      )}
    </>
  );
}

function EditorSkeleton() {
  const t = useTranslations("mappings.drawer");
  return (
    <div role="status" aria-label={t("fieldsLoading")} className="grid gap-5">
      <Skeleton className="h-14 w-full" />
      <Skeleton className="h-14 w-full" />
      <Skeleton className="h-72 w-full rounded-lg" />
    </div>
  );
}
