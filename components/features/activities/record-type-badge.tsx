import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";

/** The kind of record that stands on the other side afterwards. */
export function RecordTypeBadge({ type }: { type: "Task" | "Event" | "call" | "email" | "meeting" | "task" }) {
  const t = useTranslations("activities.types");
  return <Badge>{t(type)}</Badge>;
}
