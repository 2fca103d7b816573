"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import { Combobox, type ComboboxItem } from "@/components/ui/combobox";
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
  const id = useId();
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
    <div className="w-full sm:w-72">
      <label htmlFor={id} className="sr-only">
        {t("record")}
      </label>
      <Combobox
        control={{ id, "aria-describedby": undefined, "aria-invalid": undefined }}
        value={record?.id ?? null}
        items={search === "" ? [...chosen, ...items] : items}
        placeholder={t("recordPlaceholder")}
        noMatches={isFetching ? t("looking") : t("noMatches")}
        onSearch={setSearch}
        onChange={(picked) => {
          const row = rows.find((one) => one.id === picked);
          if (row) onPick(row);
          setSearch("");
        }}
      />
    </div>
  );
}

function nameOf(row: RecordRow): string {
  return row.name || row.email || row.hubspotId || row.salesforceId || row.id;
}
