"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { MappingFields } from "@/lib/contracts/mappings";
import type { MappingForm } from "./form-types";
import { chosenEnds, type specialPairOf } from "./salesforce-ends";

type EndFactsProps = { form: MappingForm; fields: MappingFields; special: ReturnType<typeof specialPairOf> };

/** What is worth knowing of the two ends and is no fault: required, computed, depending on another field, decided elsewhere. */
export function EndFacts({ form, fields, special }: EndFactsProps) {
  const t = useTranslations("mappings.facts");
  const link = (href: string) => (chunks: ReactNode) => (
    <Link href={href} className="font-medium text-ink underline underline-offset-2">
      {chunks}
    </Link>
  );
  const property = fields.hubspot.find((one) => one.name === form.hubspotProperty);
  const ends = chosenEnds(form, fields);
  const required = ends.filter((end) => end.required);
  const facts: { key: string; text: ReactNode }[] = [];
  if (special === "owner") facts.push({ key: "owner", text: t.rich("owner", { link: link("/owners") }) });
  if (special === "stage") facts.push({ key: "stage", text: t.rich("stage", { link: link("/stages") }) });
  if (form.hubspotProperty === "lifecyclestage") {
    facts.push({ key: "lifecycle", text: t.rich("lifecycle", { link: link("/stages") }) });
  }
  if (required.length > 0 && special === null) {
    facts.push({ key: "required", text: t("required", { field: required[0]?.label ?? "" }) });
  }
  if (property?.calculated) facts.push({ key: "calculated", text: t("calculated", { field: property.label }) });
  for (const end of ends) {
    if (end.calculated) facts.push({ key: `formula ${end.label}`, text: t("formula", { field: end.label }) });
    if (end.controlledBy) {
      const controller = end.controlledBy;
      facts.push({ key: `depends ${end.label}`, text: t("depends", { field: end.label, controller }) });
    }
  }
  const shown = [...new Map(facts.map((fact) => [fact.key, fact])).values()];
  if (shown.length === 0) return null;
  return (
    <ul className="-mt-2 grid gap-1 text-ink-soft text-xs">
      {shown.map((fact) => (
        <li key={fact.key}>{fact.text}</li>
      ))}
    </ul>
  );
}
