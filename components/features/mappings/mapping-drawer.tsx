"use client";

import { useQuery } from "@tanstack/react-query";
import { Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Drawer } from "@/components/ui/drawer";
import { RelativeTime } from "@/components/ui/relative-time";
import { useUnsavedGuard } from "@/lib/browser/use-unsaved-guard";
import type { Mapping } from "@/lib/contracts/mappings";
import type { MappedObject } from "@/lib/decide/record-types";
import type { MappingForm } from "./form-types";
import { MappingEditor } from "./mapping-editor";
import { emptyForm, formOf } from "./mapping-form";
import { mappingFieldsQuery } from "./mappings-queries";
import { type Conflict, useMappingEditor } from "./use-mapping-editor";

type MappingDrawerProps = {
  object: MappedObject;
  /** null = a new mapping */
  mapping: Mapping | null;
  /** What a new mapping starts from, e.g. a suggestion to adjust */
  draft: MappingForm | null;
  others: readonly Mapping[];
  mayEdit: boolean;
  onClose: () => void;
  /** Told with the name of what was saved */
  onSaved: (label: string) => void;
  onDelete: (mapping: Mapping) => void;
};

/** Adds or edits one mapping. Mount it anew (by key) for another mapping. */
export function MappingDrawer(props: MappingDrawerProps) {
  const { object, mapping, draft, others, mayEdit, onClose, onSaved, onDelete } = props;
  const t = useTranslations("mappings");
  const fields = useQuery(mappingFieldsQuery(object));
  const untouched = mapping ? formOf(mapping) : emptyForm(object);
  const editor = useMappingEditor({ mapping, start: draft ?? untouched, untouched }, () => {
    const chosen = fields.data?.hubspot.find((one) => one.name === editor.form.hubspotProperty);
    onSaved(chosen?.label ?? editor.form.hubspotProperty ?? "");
  });
  const [leaving, setLeaving] = useState(false);
  useUnsavedGuard(editor.dirty && mayEdit, t("confirmLeave.title"));
  const tryClose = () => (editor.dirty && mayEdit ? setLeaving(true) : onClose());
  return (
    <>
      <Drawer
        open
        onOpenChange={(next) => !next && tryClose()}
        width="lg"
        title={mapping === null ? t("drawer.addTitle") : (mapping.hubspot?.label ?? mapping.hubspotProperty)}
        description={<DrawerNote mapping={mapping} />}
        footer={
          <>
            {mayEdit && mapping !== null && !mapping.isDefault && (
              <Button
                variant="danger"
                icon={<Trash2 aria-hidden />}
                className="mr-auto"
                onClick={() => onDelete(mapping)}
              >
                {t("drawer.delete")}
              </Button>
            )}
            {mayEdit && editor.isBlocked && (
              <span className="mr-auto self-center text-fail text-xs">{t("drawer.errorsBlock")}</span>
            )}
            <Button onClick={tryClose}>{mayEdit ? t("drawer.cancel") : t("drawer.close")}</Button>
            {mayEdit && (
              <Button
                variant="primary"
                disabled={!editor.maySave}
                busy={editor.save.isPending}
                onClick={() => editor.save.mutate()}
              >
                {mapping === null ? t("drawer.create") : t("drawer.save")}
              </Button>
            )}
          </>
        }
      >
        <div className="grid gap-5">
          <ConflictBanner conflict={editor.conflict} onLoad={() => void editor.loadNewer()} />
          {editor.problem !== null && <Banner tone="fail" title={editor.problem} />}
          {!mayEdit && <Banner tone="mute" title={t("drawer.readOnlyRole")} />}
          <MappingEditor
            fields={fields}
            others={others}
            editor={editor}
            disabled={!mayEdit}
            isDefault={mapping?.isDefault === true}
          />
        </div>
      </Drawer>
      <Dialog
        open={leaving}
        onOpenChange={setLeaving}
        title={t("confirmLeave.title")}
        description={t("confirmLeave.text")}
        footer={
          <>
            <Button onClick={() => setLeaving(false)}>{t("confirmLeave.cancel")}</Button>
            <Button variant="danger" onClick={onClose}>
              {t("confirmLeave.confirm")}
            </Button>
          </>
        }
      />
    </>
  );
}

function DrawerNote({ mapping }: { mapping: Mapping | null }) {
  const t = useTranslations("mappings.drawer");
  if (mapping === null) return t("description");
  const time = () => <RelativeTime at={mapping.updatedAt} />;
  return mapping.updatedBy === null
    ? t.rich("updated", { time })
    : t.rich("updatedBy", { time, name: mapping.updatedBy });
}

function ConflictBanner({ conflict, onLoad }: { conflict: Conflict; onLoad: () => void }) {
  const t = useTranslations("mappings.conflict");
  if (conflict === "none") return null;
  if (conflict === "gone") return <Banner tone="fail" title={t("gone")} />;
  if (conflict === "loaded") return <Banner tone="info" title={t("loaded")} />;
  const action = (
    <Button size="sm" onClick={onLoad}>
      {t("action")}
    </Button>
  );
  return (
    <Banner tone="warn" title={t("title")} actions={action}>
      {t("text")}
    </Banner>
  );
}
