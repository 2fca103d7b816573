"use client";

import { useEffect, useState } from "react";
import { keepInTab, readInTab } from "@/components/backfill/tab-memory";
import type { MappedObject } from "@/lib/decide/record-types";

/** Labels of fields are one line each. */
const BETWEEN = "\n";

/** Labels of the fields whose mappings were changed in this tab and whose records have not been filled since, newest first. */
export function useChangedFields(object: MappedObject) {
  const name = `mappings-${object}`;
  const [labels, setLabels] = useState<string[]>([]);
  useEffect(() => setLabels((readInTab(name) ?? "").split(BETWEEN).filter((label) => label !== "")), [name]);
  const set = (next: string[]) => {
    setLabels(next);
    keepInTab(name, next.join(BETWEEN));
  };
  return {
    labels,
    note: (changed: string[]) => set([...changed, ...labels.filter((one) => !changed.includes(one))]),
    forget: () => set([]),
  };
}
