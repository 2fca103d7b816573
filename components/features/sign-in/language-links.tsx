"use client";

import clsx from "clsx";
import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { LOCALE_COOKIE, LOCALES, type Locale } from "@/lib/browser/choose-locale";
import { writeCookie } from "@/lib/browser/write-cookie";

const NAMES: Record<Locale, string> = { en: "English", ja: "日本語" };

/** The language before anybody is signed in. */
export function LanguageLinks() {
  const t = useTranslations("sign-in");
  const locale = useLocale();
  const router = useRouter();
  const choose = (language: Locale) => {
    writeCookie(LOCALE_COOKIE, language);
    router.refresh();
  };
  return (
    <fieldset className="flex justify-center gap-1 text-xs">
      <legend className="sr-only">{t("language")}</legend>
      {LOCALES.map((language) => (
        <button
          key={language}
          type="button"
          lang={language}
          aria-pressed={language === locale}
          onClick={() => choose(language)}
          className={clsx(
            "h-7 rounded-md px-2",
            language === locale ? "font-medium text-ink" : "text-ink-faint hover:text-ink",
          )}
        >
          {NAMES[language]}
        </button>
      ))}
    </fieldset>
  );
}
