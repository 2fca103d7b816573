"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { type ListObject, listChoicesQuery, listEffectQuery } from "@/components/lists/lists-queries";
import { type SettingsForm, useSettingsForm } from "@/components/settings-form/use-settings-form";
import { Card, CardBody } from "@/components/ui/card";
import { Combobox } from "@/components/ui/combobox";
import { Field } from "@/components/ui/field";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { SettingRow } from "@/components/ui/setting-row";
import type { Settings } from "@/lib/browser/settings-draft";
import { SettingsStep } from "./settings-step";
import type { StepProps } from "./step-frame";

const OBJECTS = ["contact", "company", "deal"] as const;

/** G2: everybody, or only the members of an active list, for each object that is on. */
export function InclusionStep(step: StepProps) {
  const t = useTranslations("setup.inclusion");
  const form = useSettingsForm();
  const [picking, setPicking] = useState<readonly ListObject[]>([]);
  const isUnchosen = picking.some((object) => form.shown?.inclusionLists[object] === null);
  const pick = (object: ListObject, on: boolean) =>
    setPicking((before) => [...before.filter((one) => one !== object), ...(on ? [object] : [])]);
  return (
    <SettingsStep {...step} form={form} {...(isUnchosen ? { blocked: t("choose") } : {})}>
      {(settings) => (
        <Card>
          <CardBody className="py-1">
            {OBJECTS.filter((object) => object === "contact" || settings[object].on).map((object) => (
              <ObjectChoice
                key={object}
                object={object}
                form={form}
                settings={settings}
                isPicking={picking.includes(object)}
                onPick={(on) => pick(object, on)}
              />
            ))}
          </CardBody>
        </Card>
      )}
    </SettingsStep>
  );
}

type ObjectChoiceProps = { object: ListObject; form: SettingsForm; settings: Settings };

function ObjectChoice(props: ObjectChoiceProps & { isPicking: boolean; onPick: (on: boolean) => void }) {
  const { object, form, settings, isPicking, onPick } = props;
  const t = useTranslations("setup.inclusion");
  const chosen = settings.inclusionLists[object];
  const hasList = isPicking || chosen !== null;
  return (
    <div className="border-line border-b last:border-b-0">
      <SettingRow label={t(`${object}.label`)}>
        <SegmentedControl
          label={t(`${object}.label`)}
          value={hasList ? "list" : "all"}
          disabled={!form.mayEdit}
          segments={[
            { value: "all", label: t("everybody") },
            { value: "list", label: t("members") },
          ]}
          onChange={(who) => {
            onPick(who === "list");
            if (who === "all") form.changeIn("inclusionLists", object, null);
          }}
        />
      </SettingRow>
      {hasList && <ListPicker object={object} form={form} settings={settings} />}
    </div>
  );
}

function ListPicker({ object, form, settings }: ObjectChoiceProps) {
  const t = useTranslations("setup.inclusion");
  const chosen = settings.inclusionLists[object];
  const { data, error } = useQuery(listChoicesQuery(object, ""));
  const lists = data?.lists ?? [];
  const items = lists.map((list) => ({
    value: list.id,
    label: list.name,
    aside: list.isActive ? t("size", { count: list.size }) : t("static"),
    disabled: !list.isActive,
  }));
  const choose = (id: string | null) => {
    const list = lists.find((one) => one.id === id);
    if (list) form.changeIn("inclusionLists", object, { listId: list.id, name: list.name });
  };
  return (
    <div className="flex flex-col gap-2 pt-3 pb-4 sm:max-w-md">
      <Field label={t("list")} hint={t("listHint")} error={error ? t("unreadable") : undefined}>
        {(control) => (
          <Combobox
            control={control}
            value={chosen?.listId ?? null}
            items={items}
            disabled={!form.mayEdit}
            placeholder={t("placeholder")}
            noMatches={data ? t("noLists") : t("loading")}
            onChange={choose}
          />
        )}
      </Field>
      {chosen && <Effect object={object} listId={chosen.listId} />}
    </div>
  );
}

function Effect({ object, listId }: { object: ListObject; listId: string }) {
  const t = useTranslations("setup.inclusion");
  const { data } = useQuery(listEffectQuery(object, listId));
  if (!data) return null;
  return (
    <p role="status" className="text-ink-soft text-sm">
      {t("effect", { size: data.size })} {data.wouldStop.count > 0 && t("stops", { count: data.wouldStop.count })}
    </p>
  );
}
