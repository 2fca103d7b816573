"use client";

import { Menu } from "@base-ui/react/menu";
import { useQueryClient } from "@tanstack/react-query";
import { Check, LogOut } from "lucide-react";
import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { showToast } from "@/components/ui/toast";
import { apiSend } from "@/lib/browser/api-client";
import { LOCALE_COOKIE, LOCALES, type Locale } from "@/lib/browser/choose-locale";
import { THEMES } from "@/lib/browser/theme";
import { useProblemWords } from "@/lib/browser/use-problem-words";
import { useTheme } from "@/lib/browser/use-theme";
import { writeCookie } from "@/lib/browser/write-cookie";
import type { Me } from "@/lib/contracts/connection";
import { ACCOUNT_BUTTON, AccountFace } from "./account-face";

/** Each language names itself, so that it is found by whoever reads it. */
const LANGUAGE_NAMES: Record<Locale, string> = { en: "English", ja: "日本語" };
const ITEM =
  "flex h-8 cursor-default items-center gap-2 rounded-md px-2 text-sm outline-none data-highlighted:bg-hover";

function RadioItem({ value, children }: { value: string; children: ReactNode }) {
  return (
    <Menu.RadioItem value={value} closeOnClick={false} className={ITEM}>
      <span className="size-4">
        <Menu.RadioItemIndicator>
          <Check className="size-4 text-accent" aria-hidden />
        </Menu.RadioItemIndicator>
      </span>
      {children}
    </Menu.RadioItem>
  );
}

function LanguageGroup() {
  const t = useTranslations("shell");
  const locale = useLocale();
  const router = useRouter();
  const choose = (language: Locale) => {
    writeCookie(LOCALE_COOKIE, language);
    router.refresh();
    // The cookie already serves this browser; the saved setting serves the person's other ones
    void apiSend("PATCH", "/api/me", { language }).catch(() => undefined);
  };
  return (
    <Menu.Group>
      <Menu.GroupLabel className="px-2 pt-1.5 pb-1 text-ink-faint text-xs">{t("language")}</Menu.GroupLabel>
      <Menu.RadioGroup value={locale} onValueChange={(value) => choose(value as Locale)}>
        {LOCALES.map((language) => (
          <RadioItem key={language} value={language}>
            <span lang={language}>{LANGUAGE_NAMES[language]}</span>
          </RadioItem>
        ))}
      </Menu.RadioGroup>
    </Menu.Group>
  );
}

function ThemeGroup() {
  const t = useTranslations("shell");
  const [theme, setTheme] = useTheme();
  return (
    <Menu.Group>
      <Menu.GroupLabel className="px-2 pt-1.5 pb-1 text-ink-faint text-xs">{t("theme")}</Menu.GroupLabel>
      <Menu.RadioGroup value={theme} onValueChange={setTheme}>
        {THEMES.map((name) => (
          <RadioItem key={name} value={name}>
            {t(`themes.${name}`)}
          </RadioItem>
        ))}
      </Menu.RadioGroup>
    </Menu.Group>
  );
}

/** Language, theme, sign out. It opens by itself when it comes: it is loaded because somebody pressed its button. */
export function AccountMenu({ me }: { me: Me }) {
  const t = useTranslations("shell");
  const client = useQueryClient();
  const words = useProblemWords();
  const signOut = async () => {
    try {
      await apiSend("POST", "/api/auth/sign-out");
      client.clear();
      window.location.assign("/sign-in");
    } catch (error) {
      showToast({ tone: "fail", title: t("signOutFailed"), detail: words(error).what });
    }
  };
  return (
    <Menu.Root defaultOpen>
      <Menu.Trigger aria-label={t("account", { name: me.name })} className={ACCOUNT_BUTTON}>
        <AccountFace me={me} />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner sideOffset={6} side="top" align="start" className="z-60">
          <Menu.Popup className="overlay-pop w-56 rounded-lg bg-raised p-1 shadow-overlay outline-none">
            <p className="truncate px-2 py-1.5 text-ink-soft text-xs">{me.email}</p>
            <Menu.Separator className="my-1 h-px bg-line" />
            <LanguageGroup />
            <ThemeGroup />
            <Menu.Separator className="my-1 h-px bg-line" />
            <Menu.Item className={ITEM} onClick={() => void signOut()}>
              <LogOut className="size-4 text-ink-faint" aria-hidden />
              {t("signOut")}
            </Menu.Item>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
