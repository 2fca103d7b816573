"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { showToast } from "@/components/ui/toast";
import { ApiProblem } from "@/lib/browser/api-client";
import { useDebounced } from "@/lib/browser/use-debounced";
import type { Mapping } from "@/lib/contracts/mappings";
import { EMPTY_FORM, formOf, hasError, inputOf, isSameForm, type MappingForm, mergeNewer } from "./mapping-form";
import { createMapping, mappingCheckQuery, mappingsQuery, refreshMappings, saveMapping } from "./mappings-queries";
import { useMappingWords } from "./use-mapping-words";

/** Time after the last choice until the server is asked what it thinks, ms. */
const CHECK_AFTER_MS = 250;
export type Conflict = "none" | "changed" | "loaded" | "gone";

/**
 * State of one editor: what was opened, what stands in the form, what the server finds about it, and saving with the
 * version it was opened at. After a version conflict `loadNewer` lays the typed changes over the newer version.
 */
export function useMappingEditor(mapping: Mapping | null, draft: MappingForm | null, onSaved: () => void) {
  const t = useTranslations("mappings");
  const words = useMappingWords();
  const client = useQueryClient();
  const [opened, setOpened] = useState({
    form: mapping ? formOf(mapping) : EMPTY_FORM,
    version: mapping?.version ?? 0,
  });
  const [form, setForm] = useState<MappingForm>(draft ?? opened.form);
  const [conflict, setConflict] = useState<Conflict>("none");
  const [problem, setProblem] = useState<string | null>(null);

  const input = inputOf(form);
  const settled = useDebounced(form, CHECK_AFTER_MS);
  const check = useQuery(mappingCheckQuery(inputOf(settled)));
  const dirty = !isSameForm(form, opened.form);
  const findings = input === null ? [] : (check.data?.findings ?? (dirty ? [] : (mapping?.findings ?? [])));
  const checking = input !== null && (check.isFetching || settled !== form);

  const save = useMutation({
    mutationFn: async () => {
      if (input === null) return;
      if (mapping === null) await createMapping(input);
      else await saveMapping(mapping.id, opened.version, input);
    },
    onSuccess: async () => {
      showToast({ tone: "ok", title: t(mapping === null ? "added" : "saved") });
      onSaved();
      await refreshMappings(client);
    },
    onError: (error) => {
      if (error instanceof ApiProblem && error.code === "changed_meanwhile") return setConflict("changed");
      if (error instanceof ApiProblem && error.code === "not_found" && mapping !== null) return setConflict("gone");
      setProblem(words.problem(error));
    },
  });

  const loadNewer = async () => {
    const list = await client.fetchQuery({ ...mappingsQuery, staleTime: 0 });
    const newer = list.mappings.find((one) => one.id === mapping?.id);
    if (!newer) return setConflict("gone");
    setForm(mergeNewer(opened.form, form, formOf(newer)));
    setOpened({ form: formOf(newer), version: newer.version });
    setConflict("loaded");
  };
  const change = (next: MappingForm) => {
    setForm(next);
    setProblem(null);
  };
  return {
    form,
    change,
    dirty,
    findings,
    checking,
    conflict,
    loadNewer,
    problem,
    save,
    complete: input !== null,
    maySave:
      input !== null && dirty && !hasError(findings) && !checking && conflict !== "changed" && conflict !== "gone",
  };
}
