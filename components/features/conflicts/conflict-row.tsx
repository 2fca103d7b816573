import clsx from "clsx";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { pickTrigger } from "@/components/record-words/pick-trigger";
import { useFieldName } from "@/components/record-words/use-field-name";
import { useFieldWords, useTriggerWords } from "@/components/record-words/use-reason-words";
import { ValueText } from "@/components/record-words/value-text";
import { BridgeArrow } from "@/components/ui/bridge-arrow";
import { CrmTag } from "@/components/ui/crm-tag";
import { GridPart } from "@/components/ui/grid-part";
import { RelativeTime } from "@/components/ui/relative-time";
import { recordPath } from "@/lib/browser/record-path";
import type { Conflict } from "@/lib/contracts/conflicts";
import { valuesOf } from "./conflict-filters";

export const CONFLICT_GRID =
  "grid grid-cols-2 items-center gap-x-4 gap-y-1.5 px-4 lg:grid-cols-[minmax(0,1.3fr)_minmax(0,0.8fr)_minmax(0,1fr)_minmax(0,1.7fr)_minmax(0,1fr)]";

/** One field that was edited on both sides. */
export function ConflictRow({ conflict }: { conflict: Conflict }) {
  const t = useTranslations("conflicts");
  const { record, change } = conflict;
  const { hubspot, salesforce } = valuesOf(change);
  const path = recordPath(record.object, record.id);
  const triggerWords = useTriggerWords();
  const trigger = pickTrigger(conflict.triggers);
  const nameField = useFieldName();
  const hubspotName = nameField(change.hubspotProperty, change.hubspotLabel);
  const salesforceName = nameField(change.salesforceField, change.salesforceLabel);
  return (
    <GridPart
      role="row"
      className={`${CONFLICT_GRID} border-line border-b py-2.5 text-sm last:border-b-0 hover:bg-hover`}
    >
      <GridPart role="cell" className="min-w-0 max-lg:col-span-2">
        <Link
          href={path}
          prefetch={false}
          className={clsx(
            "block truncate font-medium hover:underline",
            record.name === "" ? "text-ink-faint" : "text-ink",
          )}
        >
          {record.name || t("noName")}
          {record.company !== "" && <span className="pl-2 font-normal text-ink-faint text-xs">{record.company}</span>}
        </Link>
        <span className="block truncate text-ink-faint text-xs">
          <Link href={`${path}#timeline-title`} prefetch={false} className="hover:text-ink hover:underline">
            <RelativeTime at={conflict.at} />
          </Link>
          {trigger && <> · {triggerWords.name(trigger)}</>}
          {conflict.by !== null && ` · ${t("byHand", { name: conflict.by })}`}
        </span>
      </GridPart>
      <GridPart role="cell" className="min-w-0 max-lg:col-span-2 max-lg:flex max-lg:items-baseline max-lg:gap-2">
        <span className="block truncate" title={change.hubspotProperty}>
          {hubspotName}
        </span>
        {salesforceName !== hubspotName && (
          <span className="block truncate text-ink-faint text-xs" title={change.salesforceField}>
            {salesforceName}
          </span>
        )}
      </GridPart>
      <Held letter="H" held={hubspot} />
      <Decision change={change} />
      <Held letter="S" held={salesforce} />
    </GridPart>
  );
}

function Held({ letter, held }: { letter: "H" | "S"; held: ReturnType<typeof valuesOf>["hubspot"] }) {
  const t = useTranslations("conflicts");
  return (
    <GridPart role="cell" className="flex min-w-0 items-baseline gap-2" title={t(held.won ? "kept" : "lost")}>
      <CrmTag letter={letter} name={letter === "H" ? "HubSpot" : "Salesforce"} className="self-start lg:hidden" />
      <span className="sr-only">{t(held.won ? "kept" : "lost")}</span>
      <ValueText
        value={held.value}
        text={held.text}
        struck={!held.won}
        className={held.won ? "font-medium text-ink" : "text-ink-faint"}
      />
    </GridPart>
  );
}

/** The arrow leads from the value that stayed to the side that was written. */
function Decision({ change }: { change: Conflict["change"] }) {
  const t = useTranslations("conflicts");
  const words = useFieldWords();
  const won = t("won", { side: change.winner });
  const reason = words.reason(change.reason);
  const toHubspot = change.side === "hubspot";
  return (
    <GridPart
      role="cell"
      className="flex min-w-0 items-center gap-3 text-xs max-lg:order-last max-lg:col-span-2"
      title={`${words.rule(change.rule)} · ${reason}`}
    >
      <BridgeArrow
        left={toHubspot ? "main" : "none"}
        right={toHubspot ? "none" : "main"}
        label={won}
        className="w-9!"
      />
      <span className="min-w-0">
        <span className="block truncate text-ink">
          {won} <span className="text-ink-soft">· {words.rule(change.rule)}</span>
        </span>
        <span className="block truncate text-ink-faint">{reason}</span>
      </span>
    </GridPart>
  );
}
