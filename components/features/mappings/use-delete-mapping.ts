"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { showToast } from "@/components/ui/toast";
import type { Mapping } from "@/lib/contracts/mappings";
import { formOf, inputOf } from "./mapping-form";
import { createMapping, deleteMapping, refreshMappings } from "./mappings-queries";
import { useMappingWords } from "./use-mapping-words";

/** Deletes a mapping and offers to put the same one back. */
export function useDeleteMapping(onDeleted: () => void) {
  const t = useTranslations("mappings");
  const words = useMappingWords();
  const client = useQueryClient();
  const tell = (error: unknown) => showToast({ tone: "fail", title: words.problem(error) });
  const putBack = async (mapping: Mapping) => {
    const input = inputOf(formOf(mapping));
    if (input === null) return;
    try {
      await createMapping(input);
      showToast({ tone: "ok", title: t("restored") });
    } catch (error) {
      tell(error);
    }
    await refreshMappings(client);
  };
  return useMutation({
    mutationFn: (mapping: Mapping) => deleteMapping(mapping),
    onSuccess: (_, mapping) => {
      showToast({
        tone: "ok",
        title: t("deleted"),
        detail: t("deletedText"),
        action: { label: t("undo"), onPress: () => void putBack(mapping) },
      });
      onDeleted();
    },
    onError: tell,
    onSettled: () => refreshMappings(client),
  });
}
