import { useTranslations } from "next-intl";
import { LogoMark } from "@/components/layout/logo-mark";
import { CrmTag } from "@/components/ui/crm-tag";
import { LanguageLinks } from "./language-links";
import { SignInForm } from "./sign-in-form";

/** The bridge in one line: HubSpot left, Salesforce right. */
function BridgeLine() {
  const t = useTranslations("shell");
  return (
    <div className="mb-6 flex items-center gap-2 text-ink-faint text-xs">
      <CrmTag letter="H" name={t("hubspot")} />
      <span aria-hidden className="h-px flex-1 bg-line-strong" />
      <LogoMark className="size-6 text-accent" />
      <span aria-hidden className="h-px flex-1 bg-line-strong" />
      <CrmTag letter="S" name={t("salesforce")} />
    </div>
  );
}

/** Sign in; nobody signs up here, administrators add people. */
export function SignInPage({ next }: { next: string | undefined }) {
  const t = useTranslations("sign-in");
  return (
    <main className="flex min-h-dvh flex-col items-center justify-center px-4 py-8">
      <div className="w-full max-w-[376px]">
        <div className="rounded-xl border border-line bg-surface px-6 pt-6 pb-7 sm:px-8 sm:pt-8">
          <BridgeLine />
          <h1 className="font-semibold text-xl tracking-tight">{t("title")}</h1>
          <p className="mt-1 mb-6 text-ink-soft text-sm">{t("subtitle")}</p>
          <SignInForm next={next} />
        </div>
        <p className="mt-4 mb-2 text-center text-ink-faint text-xs">{t("help")}</p>
        <LanguageLinks />
      </div>
    </main>
  );
}
