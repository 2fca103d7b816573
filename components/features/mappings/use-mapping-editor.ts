"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { showToast } from "@/components/ui/toast";
import { ApiProblem } from "@/lib/browser/api-client";
import { useDebounced } from "@/lib/browser/use-debounced";
import type { Mapping } from "@/lib/contracts/mappings";
import type { MappingForm } from "./form-types";
import { formOf, hasError, inputOf, isSameForm, mergeNewer } from "./mapping-form";
import { createMapping, mappingCheckQuery, mappingsQuery, refreshMappings, saveMapping } from "./mappings-queries";
import { useMappingWords } from "./use-mapping-words";

/** Time after the last choice until the server is asked what it thinks, ms. */
const CHECK_AFTER_MS = 250;
export type Conflict = "none" | "changed" | "loaded" | "gone";

type Opened = {
  /** null = a new mapping */
  mapping: Mapping | null;
  /** What stands in the form at first: the mapping's own values, an empty form, or a suggestion to adjust */
  start: MappingForm;
  /** What an unchanged form looks like */
  untouched: MappingForm;
};

/**
 * State of one editor: what was opened, what stands in the form, what the server finds about it, and saving with the
 * version it was opened at. After a version conflict `loadNewer` lays the typed changes over the newer version.
 */
export function useMappingEditor({ mapping, start, untouched }: Opened, onSaved: () => void) {
  const t = useTranslations("mappings");
  const words = useMappingWords();
  const client = useQueryClient();
  const [opened, setOpened] = useState({ form: untouched, version: mapping?.version ?? 0 });
  const [form, setForm] = useState<MappingForm>(start);
  const [conflict, setConflict] = useState<Conflict>("none");
  const [problem, setProblem] = useState<string | null>(null);

  const input = inputOf(form);
  const settled = useDebounced(form, CHECK_AFTER_MS);
  const settledInput = inputOf(settled);
  const check = useQuery(mappingCheckQuery(settledInput));
  const dirty = !isSameForm(form, opened.form);
  const findings = input === null ? [] : (check.data?.findings ?? (dirty ? [] : (mapping?.findings ?? [])));
  const checking = input !== null && (check.isFetching || settled !== form);
  const list = mappingsQuery(form.object);

  const save = useMutation({
    mutationFn: async () => {
      if (input === null) return;
      if (mapping === null) await createMapping(input);
      else await saveMapping(mapping.id, opened.version, input);
    },
    // The row behind the editor shows it at once; a refusal takes it back.
    onMutate: () => {
      const before = client.getQueryData(list.queryKey);
      if (before && mapping !== null && input !== null) {
        const { rule, valueMap } = input;
        const mappings = before.mappings.map((one) => (one.id === mapping.id ? { ...one, rule, valueMap } : one));
        client.setQueryData(list.queryKey, { ...before, mappings });
      }
      return { before };
    },
    onSuccess: async () => {
      showToast({ tone: "ok", title: t(mapping === null ? "added" : "saved") });
      onSaved();
      await refreshMappings(client);
    },
    onError: (error, _, context) => {
      if (context?.before) client.setQueryData(list.queryKey, context.before);
      if (error instanceof ApiProblem && error.code === "changed_meanwhile") return setConflict("changed");
      if (error instanceof ApiProblem && error.code === "not_found" && mapping !== null) return setConflict("gone");
      setProblem(words.problem(error));
    },
  });

  const loadNewer = async () => {
    const { mappings } = await client.fetchQuery({ ...list, staleTime: 0 });
    const newer = mappings.find((one) => one.id === mapping?.id);
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
    /** The form as it stood still for a moment, complete; null while it is not */
    settledInput,
    change,
    dirty,
    findings,
    checking,
    conflict,
    loadNewer,
    problem,
    save,
    complete: input !== null,
    isBlocked: input !== null && blocks(form, findings),
    maySave:
      input !== null && dirty && !blocks(form, findings) && !checking && conflict !== "changed" && conflict !== "gone",
  };
}

/** Switching a broken mapping off must always be possible. */
function blocks(form: MappingForm, findings: Parameters<typeof hasError>[0]): boolean {
  return form.rule !== "dont_sync" && hasError(findings);
}
