"use client";

import { CircleHelp } from "lucide-react";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { missingOverlay } from "@/components/ui/missing-part";
import type { ListedObject } from "./record-filters";

const ExplainDialog = dynamic(
  () => import("./explain-dialog").then((file) => file.ExplainDialog).catch(missingOverlay),
  { ssr: false },
);

/** Why does a record (not) sync, also one that is not in the list. */
export function ExplainButton({ object }: { object: ListedObject }) {
  const t = useTranslations("records.explain");
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button icon={<CircleHelp aria-hidden />} onClick={() => setOpen(true)}>
        {t("button")}
      </Button>
      {open && <ExplainDialog object={object} onClose={() => setOpen(false)} />}
    </>
  );
}
