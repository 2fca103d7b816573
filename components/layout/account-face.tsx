import { ChevronsUpDown } from "lucide-react";
import { useTranslations } from "next-intl";
import type { Me } from "@/lib/contracts/connection";

/** The look of the button, the same before and after its menu is loaded. */
export const ACCOUNT_BUTTON =
  "flex h-11 w-full items-center gap-2.5 rounded-md px-2 text-left hover:bg-hover data-popup-open:bg-hover";

/** Initial, name and role of who is signed in. */
export function AccountFace({ me }: { me: Me }) {
  const t = useTranslations("shell");
  return (
    <>
      <span className="flex size-7 shrink-0 items-center justify-center rounded-full bg-accent-soft font-semibold text-accent text-xs">
        {me.name.slice(0, 1).toUpperCase()}
      </span>
      <span className="min-w-0 flex-1">
        <span className="block truncate font-medium text-sm leading-4">{me.name}</span>
        <span className="block truncate text-ink-faint text-xs">{t(`roles.${me.role}`)}</span>
      </span>
      <ChevronsUpDown className="size-3.5 text-ink-faint" aria-hidden />
    </>
  );
}
