"use client";

import { useMutation } from "@tanstack/react-query";
import { usePathname } from "next/navigation";
import { showToast } from "@/components/ui/toast";
import { ApiProblem, apiSend } from "@/lib/browser/api-client";
import { useProblemWords } from "@/lib/browser/use-problem-words";
import type { Side } from "@/lib/decide/record-types";

const loadSchema = () => import("@/lib/contracts/connection").then((file) => file.authorizeSchema);

/** Where Salesforce signs in, and whether another account than before is wanted. */
export type AuthorizeWish = { signInAt?: string; switchAccount?: boolean };

/** Leaves for the CRM's own consent page; it comes back by itself, to the set-up where that began. */
export function useAuthorize(side: Side) {
  const words = useProblemWords();
  const returnTo = usePathname() === "/setup" ? "setup" : "connection";
  return useMutation({
    mutationFn: ({ signInAt, switchAccount }: AuthorizeWish) => {
      const query = new URLSearchParams({ returnTo });
      if (side === "salesforce" && signInAt !== undefined) query.set("signInAt", signInAt);
      if (switchAccount) query.set("switchAccount", "true");
      return apiSend("POST", `/api/connection/${side}/authorize?${query}`, {}, loadSchema);
    },
    onSuccess: ({ url }) => window.location.assign(url),
    onError: (error) => {
      // Told at its field
      if (error instanceof ApiProblem && error.fields.some((field) => field.path === "signInAt")) return;
      const { title, what } = words(error);
      showToast({ tone: "fail", title, detail: what });
    },
  });
}
