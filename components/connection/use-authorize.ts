"use client";

import { useMutation } from "@tanstack/react-query";
import { usePathname } from "next/navigation";
import { showToast } from "@/components/ui/toast";
import { apiSend } from "@/lib/browser/api-client";
import { useProblemWords } from "@/lib/browser/use-problem-words";
import type { Side } from "@/lib/decide/record-types";

const loadSchema = () => import("@/lib/contracts/connection").then((file) => file.authorizeSchema);

/** Leaves for the CRM's own consent page; it comes back by itself, to the set-up where that began. */
export function useAuthorize(side: Side) {
  const words = useProblemWords();
  const returnTo = usePathname() === "/setup" ? "setup" : "connection";
  return useMutation({
    mutationFn: () => apiSend("POST", `/api/connection/${side}/authorize?returnTo=${returnTo}`, {}, loadSchema),
    onSuccess: ({ url }) => window.location.assign(url),
    onError: (error) => {
      const { title, what } = words(error);
      showToast({ tone: "fail", title, detail: what });
    },
  });
}
