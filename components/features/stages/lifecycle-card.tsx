"use client";

import { useTranslations } from "next-intl";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Select } from "@/components/ui/select";
import { SettingRow } from "@/components/ui/setting-row";
import { Switch } from "@/components/ui/switch";
import type { Settings } from "@/lib/browser/settings-draft";
import type { StagesView } from "@/lib/contracts/stages";
import { Warning } from "./warning";

type Lifecycle = Settings["lifecycle"];
type Steps = Lifecycle["steps"];
type LifecycleCardProps = {
  lifecycle: Lifecycle;
  stages: StagesView["lifecycle"];
  disabled: boolean;
  onSwitch: (on: boolean) => void;
  onChange: (steps: Steps) => void;
};

/** In the order in which a person passes them. */
const STEPS = ["lead_converted", "opportunity_open", "opportunity_won"] as const satisfies (keyof Steps)[];
/** Stands for "moves nobody"; no stage can be named so. */
const NOTHING = "\n";

/** L1: what in Salesforce moves a contact's lifecycle stage in HubSpot, and to which. */
export function LifecycleCard({ lifecycle, stages, disabled, onSwitch, onChange }: LifecycleCardProps) {
  const t = useTranslations("stages.lifecycle");
  const { on, steps } = lifecycle;
  const options = [{ value: NOTHING, label: t("nothing") }, ...stages];
  return (
    <Card>
      <CardHeader
        title={t("title")}
        note={t("note")}
        actions={<Switch label={t("switch")} checked={on} disabled={disabled} onChange={onSwitch} />}
      />
      <CardBody className="py-1">
        {STEPS.map((step) => {
          const target = steps[step];
          const isGone = target !== null && !stages.some((stage) => stage.value === target);
          return (
            <SettingRow key={step} label={t(`steps.${step}`)} hint={t(`hints.${step}`)}>
              <div className="w-full sm:w-72">
                <Select
                  label={t("target", { step: t(`steps.${step}`) })}
                  value={target ?? NOTHING}
                  disabled={disabled || !on}
                  options={isGone ? [...options, { value: target, label: target }] : options}
                  onChange={(value) => onChange({ ...steps, [step]: value === NOTHING ? null : value })}
                />
                {on && isGone && <Warning>{t("gone")}</Warning>}
              </div>
            </SettingRow>
          );
        })}
        <p className="py-3 text-ink-faint text-xs">{on ? t("never") : t("off")}</p>
      </CardBody>
    </Card>
  );
}
