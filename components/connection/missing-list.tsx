"use client";

import clsx from "clsx";
import { CircleAlert, TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { CrmTag } from "@/components/ui/crm-tag";
import type { MissingRight } from "@/lib/contracts/permissions";
import { usePermissionWords } from "./use-permission-words";

/** A whole object that stands still is a failure; a single field or a weaker way is a warning. */
const STOPS = new Set<MissingRight["right"]>(["read", "create", "edit", "delete", "scope"]);

/** Each missing right: its name, what does not work without it, where to grant it. */
export function MissingList({ missing }: { missing: MissingRight[] }) {
  const shell = useTranslations("shell");
  const t = useTranslations("permissions");
  const words = usePermissionWords();
  return (
    <ul className="divide-y divide-line">
      {missing.map((one) => {
        const { title, without, cure } = words(one);
        const Icon = STOPS.has(one.right) ? CircleAlert : TriangleAlert;
        return (
          <li
            key={[one.side, one.object, one.field, one.right, one.scope].join(" ")}
            className="flex items-start gap-2.5 px-4 py-3"
          >
            <Icon
              className={clsx("mt-0.5 size-4 shrink-0", STOPS.has(one.right) ? "text-fail" : "text-warn")}
              aria-hidden
            />
            <div className="min-w-0 flex-1 text-sm">
              <p className="flex flex-wrap items-center gap-x-2 font-medium">
                <CrmTag letter={one.side === "hubspot" ? "H" : "S"} name={shell(one.side)} />
                {title}
                {one.field !== null && (
                  <code className="break-all font-mono font-normal text-2xs text-ink-faint">
                    {one.object}.{one.field}
                  </code>
                )}
              </p>
              <p className="text-ink-soft">{without}</p>
              <p className="mt-0.5 text-ink-soft">
                <span className="text-ink-faint">{t("cure")}</span> {cure}
              </p>
            </div>
          </li>
        );
      })}
    </ul>
  );
}
