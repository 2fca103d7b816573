"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type FormEvent, useId, useState } from "react";
import { useStartPreview } from "@/components/jobs/use-start-job";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { Select } from "@/components/ui/select";
import { connectionQuery } from "@/lib/browser/connection-query";
import {
  checkImport,
  EMPTY_IMPORT,
  type ImportForm,
  type ImportSource,
  objectsOf,
  toImportRequest,
  withSource,
} from "./import-form";
import { isImportable } from "./importable";

type ImportDialogProps = { source: ImportSource; onClose: () => void; onPreview: (previewId: string) => void };

/** Which existing records to bring over; first a preview, nothing is written from here. */
export function ImportDialog({ source, onClose, onPreview }: ImportDialogProps) {
  const t = useTranslations("runs.import");
  const ui = useTranslations("ui");
  const formId = useId();
  const { data: connection } = useQuery(connectionQuery);
  const [form, setForm] = useState<ImportForm>(() => withSource(EMPTY_IMPORT, source));
  const [isChecked, setIsChecked] = useState(false);
  const preview = useStartPreview();
  const fault = checkImport(form);
  const shownFault = isChecked ? fault : null;
  const errorOn = (field: string) => (shownFault?.field === field ? t(`faults.${shownFault.fault}`) : undefined);
  const change = (part: Partial<ImportForm>) => setForm({ ...form, ...part });
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setIsChecked(true);
    if (fault !== null) return;
    const id = await preview.start(toImportRequest(form));
    if (id) onPreview(id);
  };
  const isOff = connection !== undefined && !isImportable(form, connection.settings);
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t("title")}
      description={t("what")}
      footer={
        <>
          <Button onClick={onClose}>{ui("cancel")}</Button>
          <Button variant="primary" type="submit" form={formId} busy={preview.busy} disabled={isOff}>
            {t("preview")}
          </Button>
        </>
      }
    >
      <form id={formId} noValidate onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
        <SegmentedControl
          className="self-start"
          label={t("from")}
          value={form.source}
          onChange={(next) => setForm(withSource(form, next))}
          segments={[
            { value: "hubspot", label: t("fromHubspot") },
            { value: "salesforce", label: t("fromSalesforce") },
          ]}
        />
        <Field label={t("object")} hint={isOff ? t("off") : undefined}>
          {(control) => (
            <Select
              control={control}
              value={form.object}
              options={objectsOf(form.source).map((value) => ({
                value,
                label: t(`objects.${form.source}.${value}`),
              }))}
              onChange={(object) => change({ object })}
            />
          )}
        </Field>
        {form.source === "salesforce" && form.object === "contact" && (
          <fieldset className="flex flex-col gap-1">
            <legend className="mb-1 font-medium text-sm">{t("types")}</legend>
            <div className="flex gap-4 text-sm">
              <Check label={t("leads")} checked={form.leads} onChange={(leads) => change({ leads })} />
              <Check label={t("contacts")} checked={form.contacts} onChange={(contacts) => change({ contacts })} />
            </div>
            {errorOn("types") && (
              <p role="alert" className="text-fail text-xs">
                {errorOn("types")}
              </p>
            )}
          </fieldset>
        )}
        <div className="grid gap-4 sm:grid-cols-2">
          <Day
            label={t("createdFrom")}
            value={form.createdFrom}
            error={errorOn("createdFrom")}
            onChange={(createdFrom) => change({ createdFrom })}
          />
          <Day
            label={t("createdTo")}
            value={form.createdTo}
            error={errorOn("createdTo")}
            onChange={(createdTo) => change({ createdTo })}
          />
          <Day
            label={t("modifiedFrom")}
            value={form.modifiedFrom}
            error={errorOn("modifiedFrom")}
            onChange={(modifiedFrom) => change({ modifiedFrom })}
          />
        </div>
      </form>
    </Dialog>
  );
}

function Check({ label, checked, onChange }: { label: string; checked: boolean; onChange: (on: boolean) => void }) {
  return (
    <label className="flex items-center gap-2">
      <input
        type="checkbox"
        className="size-4 accent-current"
        checked={checked}
        onChange={(event) => onChange(event.target.checked)}
      />
      {label}
    </label>
  );
}

type DayProps = { label: string; value: string; error: string | undefined; onChange: (day: string) => void };

function Day({ label, value, error, onChange }: DayProps) {
  const ui = useTranslations("ui");
  return (
    <Field label={label} aside={ui("optional")} error={error}>
      {(control) => (
        <Input
          {...control}
          type="date"
          max="2199-12-31"
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}
