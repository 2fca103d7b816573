"use client";

import { Building2, Handshake, Layers, type LucideIcon, User } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { Card, CardHeader } from "@/components/ui/card";
import { StatePill } from "@/components/ui/state-pill";
import { recordPath } from "@/lib/browser/record-path";
import { RECORD_TONE } from "@/lib/browser/record-tone";
import type { RecordDetail } from "@/lib/contracts/records";

type Related = RecordDetail["related"];

const ICON: Partial<Record<string, LucideIcon>> = { company: Building2, contact: User, deal: Handshake };
const RELATIONS = ["waits_for", "belongs_to", "waiting"] as const;

/** What it waits for, what it belongs to and what waits for it, each with its state; nothing when it stands alone. */
export function RelatedCard({ related }: { related: Related }) {
  const t = useTranslations("record.related");
  if (related.length === 0) return null;
  return (
    <Card aria-labelledby="related-title">
      <CardHeader id="related-title" title={t("title")} />
      <div className="py-1.5">
        {RELATIONS.map((relation) => {
          const rows = related.filter((one) => one.relation === relation);
          return rows.length === 0 ? null : (
            <section key={relation} aria-label={t(relation)} className="py-1">
              <h3 className="px-4 pb-0.5 text-ink-faint text-xs">{t(relation)}</h3>
              <ul>
                {rows.map((one) => (
                  <RelatedRow key={one.id} one={one} />
                ))}
              </ul>
            </section>
          );
        })}
      </div>
    </Card>
  );
}

function RelatedRow({ one }: { one: Related[number] }) {
  const t = useTranslations("record");
  const states = useTranslations("states");
  const Icon = ICON[one.object] ?? Layers;
  return (
    <li>
      <Link
        href={recordPath(one.object, one.id)}
        className="flex min-h-8 items-center gap-2 px-4 text-sm hover:bg-hover focus-visible:-outline-offset-2"
      >
        <Icon className="size-3.5 shrink-0 text-ink-faint" aria-label={t(`objects.${one.object}`)} />
        <span className="min-w-0 flex-1 truncate">{one.name === "" ? t("noName") : one.name}</span>
        <StatePill look="plain" tone={RECORD_TONE[one.state]} label={states(one.state)} />
      </Link>
    </li>
  );
}
