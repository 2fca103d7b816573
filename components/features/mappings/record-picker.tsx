"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Combobox, type ComboboxItem } from "@/components/ui/combobox";
import { Field } from "@/components/ui/field";
import { useDebounced } from "@/lib/browser/use-debounced";
import type { RecordRow } from "@/lib/contracts/records";
import type { MappedObject } from "@/lib/decide/record-types";
import { exampleRecordsQuery } from "./mappings-queries";

type RecordPickerProps = {
  object: MappedObject;
  record: RecordRow | null;
  onPick: (record: RecordRow) => void;
};

/** One record of many, found on the server by name, address or id. */
export function RecordPicker({ object, record, onPick }: RecordPickerProps) {
  const t = useTranslations("mappings.example");
  const states = useTranslations("states");
  const [search, setSearch] = useState("");
  const settled = useDebounced(search, 250);
  const { data, isFetching } = useQuery(exampleRecordsQuery(object, settled));
  const rows = data?.rows ?? [];
  const items = rows.map(
    (row): ComboboxItem => ({
      value: row.id,
      label: nameOf(row),
      note: [row.email, row.company].filter(Boolean).join(" · "),
      aside: states(row.state),
    }),
  );
  // The chosen one keeps its name in the box while others are searched.
  const known = record === null || rows.some((row) => row.id === record.id);
  const chosen: ComboboxItem[] =
    known || record === null ? [] : [{ value: record.id, label: nameOf(record), note: "" }];
  return (
    <Field label={t("record")}>
      {(control) => (
        <Combobox
          control={control}
          value={record?.id ?? null}
          items={search === "" ? [...chosen, ...items] : items}
          placeholder={t("recordPlaceholder")}
          noMatches={isFetching ? t("looking") : t("noMatches")}
          onSearch={setSearch}
          onChange={(id) => {
            const row = rows.find((one) => one.id === id);
            if (row) onPick(row);
            setSearch("");
          }}
        />
      )}
    </Field>
  );
}

function nameOf(row: RecordRow): string {
  return row.name || row.email || row.hubspotId || row.salesforceId || row.id;
}
