"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import type { ConnectionView } from "@/lib/contracts/connection";
import type { Side } from "@/lib/decide/record-types";
import { SignInPlace } from "./sign-in-place";
import { useAuthorize } from "./use-authorize";
import { useSignInPlace } from "./use-sign-in-place";

type SwitchDialogProps = {
  side: Side;
  connection: ConnectionView;
  open: boolean;
  onOpenChange: (open: boolean) => void;
};

/** Says what is put aside, what comes along and what starts anew, before another account is signed in to. */
export function SwitchDialog({ side, connection, open, onOpenChange }: SwitchDialogProps) {
  const t = useTranslations("connection.switch");
  const ui = useTranslations("ui");
  const authorize = useAuthorize(side);
  const place = useSignInPlace(connection, authorize.error);
  const begin = () =>
    authorize.mutate({
      switchAccount: true,
      ...(side === "salesforce" && place ? { signInAt: place.value } : {}),
    });
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      width="md"
      title={t(`${side}.title`)}
      description={t("what")}
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>{ui("cancel")}</Button>
          <Button
            variant="primary"
            busy={authorize.isPending || authorize.isSuccess}
            disabled={side === "salesforce" && !place}
            onClick={begin}
          >
            {t(`${side}.begin`)}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4 pb-1">
        <ul className="list-disc space-y-1 pl-5 text-ink-soft text-sm marker:text-ink-faint">
          <li>{t("aside", { name: connection[side].name ?? t("thisAccount") })}</li>
          <li>{t(`${side}.along`)}</li>
          <li>{t("off")}</li>
          <li>{t("back")}</li>
        </ul>
        {side === "salesforce" && place && <SignInPlace {...place} />}
      </div>
    </Dialog>
  );
}
