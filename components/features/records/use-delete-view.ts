"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { showToast } from "@/components/ui/toast";
import { useProblemWords } from "@/lib/browser/use-problem-words";
import type { SavedView } from "@/lib/contracts/views";
import type { ListedObject } from "./record-filters";
import { createView, removeView, viewsQuery } from "./views-queries";

/** Deletes a saved view at once, with *Undo* in the toast: it is made again as it was. */
export function useDeleteView(object: ListedObject): (view: SavedView) => void {
  const t = useTranslations("records.views");
  const client = useQueryClient();
  const words = useProblemWords();
  const { queryKey } = viewsQuery(object);
  const tell = async (work: Promise<unknown>, onDone?: () => void) => {
    try {
      await work;
      onDone?.();
    } catch (error) {
      const { title, what } = words(error);
      showToast({ tone: "fail", title, detail: what });
    } finally {
      await client.invalidateQueries({ queryKey });
    }
  };
  return (view) => {
    const { name, shared, filters } = view;
    const putBack = () => void tell(createView({ object, name, shared, filters }));
    const told = () =>
      showToast({ tone: "ok", title: t("deleted", { name }), action: { label: t("undo"), onPress: putBack } });
    void tell(removeView(view.id), told);
  };
}
