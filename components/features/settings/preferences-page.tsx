"use client";

import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { Card, CardBody } from "@/components/ui/card";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { SettingRow } from "@/components/ui/setting-row";
import { apiSend } from "@/lib/browser/api-client";
import { LOCALE_COOKIE, type Locale } from "@/lib/browser/choose-locale";
import { THEMES } from "@/lib/browser/theme";
import { useTheme } from "@/lib/browser/use-theme";
import { writeCookie } from "@/lib/browser/write-cookie";
import { PasswordCard } from "./password-card";
import { SectionHead } from "./section-head";

const LANGUAGES: { value: Locale; label: string }[] = [
  { value: "en", label: "English" },
  { value: "ja", label: "日本語" },
];

/** Language, theme and password of whoever looks. */
export function PreferencesPage() {
  const t = useTranslations("settings.preferences");
  const shell = useTranslations("shell");
  const locale = useLocale();
  const router = useRouter();
  const [theme, setTheme] = useTheme();
  const chooseLanguage = (language: Locale) => {
    writeCookie(LOCALE_COOKIE, language);
    router.refresh();
    // The cookie serves this browser; the saved setting serves the person's other ones and their e-mails.
    void apiSend("PATCH", "/api/me", { language }).catch(() => undefined);
  };
  return (
    <section aria-label={t("title")} className="flex flex-col gap-6">
      <div>
        <SectionHead title={t("title")} />
        <Card>
          <CardBody className="py-1">
            <SettingRow label={t("language")} hint={t("languageHint")}>
              <SegmentedControl
                label={t("language")}
                value={locale === "ja" ? "ja" : "en"}
                onChange={chooseLanguage}
                segments={LANGUAGES}
              />
            </SettingRow>
            <SettingRow label={t("theme")} hint={t("themeHint")}>
              <SegmentedControl
                label={t("theme")}
                value={theme}
                onChange={setTheme}
                segments={THEMES.map((value) => ({ value, label: shell(`themes.${value}`) }))}
              />
            </SettingRow>
          </CardBody>
        </Card>
      </div>
      <PasswordCard />
    </section>
  );
}
