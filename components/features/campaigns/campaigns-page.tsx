"use client";

import { Plus } from "lucide-react";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { SettingsFrame } from "@/components/settings-form/settings-frame";
import { useSettingsForm } from "@/components/settings-form/use-settings-form";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { missingOverlay } from "@/components/ui/missing-part";
import { SettingRow } from "@/components/ui/setting-row";
import { Switch } from "@/components/ui/switch";
import type { CampaignRule } from "@/lib/decide/connection-settings";
import { putRule } from "./campaign-rules";
import { RulesTable } from "./rules-table";

const RuleDialog = dynamic(() => import("./rule-dialog").then((file) => file.RuleDialog).catch(missingOverlay));

/** `at`: the place of the rule that is changed; null adds one */
type Editing = { at: number | null };

/** Which form puts its submitters into which Salesforce campaign (spec K1, T14). */
export function CampaignsPage() {
  const t = useTranslations("campaigns");
  const form = useSettingsForm();
  const [editing, setEditing] = useState<Editing | null>(null);
  const rules = form.shown?.campaigns.rules ?? [];
  const setRules = (next: CampaignRule[]) => form.changeIn("campaigns", "rules", next);
  return (
    <>
      <SettingsFrame
        form={form}
        title={t("title")}
        description={t("description")}
        actions={
          form.mayEdit && (
            <Button variant="primary" icon={<Plus aria-hidden />} onClick={() => setEditing({ at: null })}>
              {t("add")}
            </Button>
          )
        }
      >
        {(settings) => (
          <>
            <RulesTable
              rules={settings.campaigns.rules}
              saved={form.saved?.campaigns.rules ?? []}
              mayEdit={form.mayEdit}
              onEdit={(at) => setEditing({ at })}
              onRemove={(at) => setRules(settings.campaigns.rules.filter((_, index) => index !== at))}
              onAdd={() => setEditing({ at: null })}
            />
            <Card aria-labelledby="names">
              <CardHeader id="names" title={t("names.title")} />
              <CardBody className="py-1">
                <SettingRow label={t("names.label")} hint={t("names.hint")}>
                  <Switch
                    label={t("names.label")}
                    checked={settings.campaigns.namesProperty}
                    disabled={!form.mayEdit}
                    onChange={(on) => form.changeIn("campaigns", "namesProperty", on)}
                  />
                </SettingRow>
              </CardBody>
            </Card>
          </>
        )}
      </SettingsFrame>
      {editing && (
        <RuleDialog
          rules={rules}
          at={editing.at}
          onClose={() => setEditing(null)}
          onDone={(rule) => {
            setRules(putRule(rules, rule, editing.at));
            setEditing(null);
          }}
        />
      )}
    </>
  );
}
