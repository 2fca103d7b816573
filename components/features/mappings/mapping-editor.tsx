"use client";

import type { UseQueryResult } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useMemo, useState } from "react";
import { ErrorState } from "@/components/ui/error-state";
import { Skeleton } from "@/components/ui/skeleton";
import type { Mapping, MappingFields } from "@/lib/contracts/mappings";
import { EndFacts } from "./end-facts";
import { FieldChoices } from "./field-choices";
import { FindingsList } from "./findings-list";
import type { EndKey } from "./form-types";
import { LiveExample } from "./live-example";
import { readValueTable } from "./mapping-form";
import { RulePicker } from "./rule-picker";
import { chosenEnds, specialPairOf } from "./salesforce-ends";
import type { useMappingEditor } from "./use-mapping-editor";
import { ValueMapEditor } from "./value-map-editor";

type MappingEditorProps = {
  fields: UseQueryResult<MappingFields>;
  others: readonly Mapping[];
  editor: ReturnType<typeof useMappingEditor>;
  disabled: boolean;
  isDefault: boolean;
};

/** The body of the drawer: ends, findings, rule, a live example, options. */
export function MappingEditor({ fields, others, editor, disabled, isDefault }: MappingEditorProps) {
  const t = useTranslations("mappings");
  const { form, change } = editor;
  const [filled, setFilled] = useState<EndKey | null>(null);
  const special = specialPairOf(form);
  const values = useMemo(() => {
    if (!fields.data || special !== null) return null;
    const property = fields.data.hubspot.find((one) => one.name === form.hubspotProperty);
    return readValueTable(property, chosenEnds(form, fields.data), form.valueMap);
  }, [fields.data, form, special]);
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
        keepsProperty={isDefault}
        onChange={(next, nowFilled) => {
          setFilled(nowFilled);
          change(next);
        }}
      />
      {editor.complete && <FindingsList findings={editor.findings} checking={editor.checking} />}
      <EndFacts form={form} fields={fields.data} special={special} />
      <RulePicker
        value={form.rule}
        onChange={(rule) => change({ ...form, rule })}
        disabled={disabled}
        isOwner={special === "owner"}
      />
      {values && (
        <ValueMapEditor
          key={`${form.hubspotProperty} ${form.leadField} ${form.contactField} ${form.salesforceField}`}
          table={values}
          valueMap={form.valueMap}
          onChange={(valueMap) => change({ ...form, valueMap })}
          disabled={disabled}
        />
      )}
      {!disabled && editor.complete && (
        <LiveExample
          object={form.object}
          input={editor.settledInput}
          isSettled={!editor.checking}
          isBlocked={editor.isBlocked}
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
