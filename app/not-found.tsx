import { Compass } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { buttonClass } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

export default function NotFound() {
  const t = useTranslations("shell.notFound");
  return (
    <main className="flex min-h-dvh items-center justify-center">
      <EmptyState
        icon={Compass}
        title={<h1>{t("title")}</h1>}
        action={
          <Link href="/" className={buttonClass("primary")}>
            {t("home")}
          </Link>
        }
      >
        {t("what")}
      </EmptyState>
    </main>
  );
}
