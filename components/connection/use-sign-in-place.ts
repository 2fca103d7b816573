"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { ApiProblem } from "@/lib/browser/api-client";
import type { ConnectionView } from "@/lib/contracts/connection";
import { setupQuery } from "./permissions-query";

/** Where Salesforce is to sign in: as last time until something else is chosen. Undefined until the server has told its own. */
export function useSignInPlace(connection: ConnectionView, problem: unknown) {
  const faults = useTranslations("problems.fields");
  const { data } = useQuery(setupQuery);
  const [chosen, setChosen] = useState<string | null>(null);
  if (!data) return undefined;
  const serverHost = data.salesforce.signInAt;
  const refused = problem instanceof ApiProblem && problem.fields.some((field) => field.path === "signInAt");
  return {
    value: chosen ?? connection.salesforce.signInAt ?? serverHost,
    serverHost,
    error: refused ? faults("not_salesforce") : undefined,
    onChange: setChosen,
  };
}
