"use client";

import clsx from "clsx";
import { Check, Minus, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import type { Permissions } from "@/lib/contracts/permissions";

const RIGHTS = ["read", "create", "edit", "delete"] as const;
type Objects = NonNullable<Permissions["salesforce"]>["objects"];
type Verdict = Objects[number]["rights"]["read"];

const LOOK = {
  granted: { icon: Check, className: "text-ok" },
  missing: { icon: X, className: "text-fail" },
  not_needed: { icon: Minus, className: "text-ink-faint" },
};

function Mark({ verdict }: { verdict: Verdict }) {
  const t = useTranslations("permissions.verdicts");
  const { icon: Icon, className } = LOOK[verdict];
  return (
    <span title={t(verdict)} className={className}>
      <Icon className="inline size-4" aria-hidden />
      <span className="sr-only">{t(verdict)}</span>
    </span>
  );
}

/** Salesforce's objects in use with what our user may do; what nothing needs is a dash. */
export function RightsTable({ objects }: { objects: Objects }) {
  const t = useTranslations("permissions");
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must be reachable by keyboard
    <section className="overflow-x-auto" aria-label={t("columns.object")} tabIndex={0}>
      <Table>
        <thead>
          <tr>
            <Th>{t("columns.object")}</Th>
            {RIGHTS.map((right) => (
              <Th key={right} className="text-center!">
                {t(`columns.${right}`)}
              </Th>
            ))}
            <Th className="text-right!">{t("columns.fields")}</Th>
          </tr>
        </thead>
        <tbody>
          {objects.map((one) => (
            <Tr key={one.type}>
              <Td className="whitespace-nowrap">
                {t.has(`objects.${one.type}`) ? t(`objects.${one.type}`) : one.label}
              </Td>
              {RIGHTS.map((right) => (
                <Td key={right} className="text-center">
                  <Mark verdict={one.rights[right]} />
                </Td>
              ))}
              <Td numeric className={clsx("whitespace-nowrap", one.fieldsMissing > 0 ? "text-warn" : "text-ink-soft")}>
                {t("fieldsOpen", { open: one.fields - one.fieldsMissing, all: one.fields })}
              </Td>
            </Tr>
          ))}
        </tbody>
      </Table>
    </section>
  );
}
