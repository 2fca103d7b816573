"use client";

import { useTranslations } from "next-intl";
import { useEffect } from "react";
import { Button } from "./button";
import { showToast } from "./toast";

/**
 * Stands for a part of the page whose code could not be fetched: the network is gone, or the server was updated since the
 * page was opened. The rest of the page stays. `dynamic(() => import("./part").then(…).catch(missingPart))`
 */
export const missingPart = () => MissingPart;
/** The same for what opens over the page: it does not open, and a toast says why. */
export const missingOverlay = () => MissingOverlay;

function MissingPart() {
  const t = useTranslations("ui.missing");
  return (
    <p role="alert" className="flex flex-wrap items-center gap-x-3 gap-y-2 py-2 text-ink-soft text-sm">
      {t("title")}
      <Button size="sm" onClick={() => window.location.reload()}>
        {t("reload")}
      </Button>
    </p>
  );
}

function MissingOverlay() {
  const t = useTranslations("ui.missing");
  useEffect(() => {
    const action = { label: t("reload"), onPress: () => window.location.reload() };
    showToast({ tone: "fail", title: t("title"), action });
  }, [t]);
  return null;
}
