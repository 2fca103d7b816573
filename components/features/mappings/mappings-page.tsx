"use client";

import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { BackfillOffer } from "@/components/backfill/backfill-offer";
import { PageBody, PageHeader } from "@/components/layout/page-header";
import { ReadAgainButton } from "@/components/schemas/read-again-button";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { ErrorState } from "@/components/ui/error-state";
import { missingOverlay } from "@/components/ui/missing-part";
import { TabLinks } from "@/components/ui/tab-links";
import { ApiProblem } from "@/lib/browser/api-client";
import { connectionQuery } from "@/lib/browser/connection-query";
import { meQuery } from "@/lib/browser/me-query";
import type { MappedObject } from "@/lib/decide/record-types";
import type { MappingForm } from "./form-types";
import { emptyForm } from "./mapping-form";
import { MappingList, MappingListSkeleton } from "./mapping-list";
import { MappingTools } from "./mapping-tools";
import { mappingSuggestionsQuery, mappingsQuery } from "./mappings-queries";
import { NoMappings } from "./no-mappings";
import { isObjectOn, ObjectOffBanner } from "./object-off";
import { RequiredBanner } from "./required-banner";
import { endOfType, OBJECTS } from "./salesforce-ends";
import { SuggestionRows } from "./suggestion-rows";
import { useChangedFields } from "./use-changed-fields";
import { useDeleteMapping } from "./use-delete-mapping";
import { useMappingView } from "./use-mapping-view";

/** The editor with its combobox weighs 40 KB gzip, which the list does not need to wait for. */
const MappingDrawer = dynamic(
  () => import("./mapping-drawer").then((file) => file.MappingDrawer).catch(missingOverlay),
  { ssr: false },
);

/** Field mappings of one object at a time. */
export function MappingsPage() {
  const t = useTranslations("mappings");
  const view = useMappingView();
  const { data: me } = useQuery(meQuery);
  const mayEdit = me?.permissions.includes("configure") === true;
  const tabs = OBJECTS.map((object) => ({
    href: object === "contact" ? "/mappings" : `/mappings?object=${object}`,
    label: t(`objects.${object}`),
    isHere: object === view.object,
  }));
  return (
    <PageBody wide>
      <PageHeader
        title={t("title")}
        description={t("intro")}
        actions={mayEdit && <ReadAgainButton />}
        className="mb-3"
      />
      <TabLinks label={t("objects.label")} tabs={tabs} className="mb-4" />
      <ObjectMappings key={view.object} object={view.object} view={view} mayEdit={mayEdit} />
    </PageBody>
  );
}

type ObjectMappingsProps = { object: MappedObject; view: ReturnType<typeof useMappingView>; mayEdit: boolean };

/** The list, the editor, suggestions, what is missing, and the offer to fill existing records. */
function ObjectMappings({ object, view, mayEdit }: ObjectMappingsProps) {
  const t = useTranslations("mappings");
  const list = useQuery(mappingsQuery(object));
  const suggestions = useQuery(mappingSuggestionsQuery(object));
  const { data: connection } = useQuery(connectionQuery);
  const [draft, setDraft] = useState<MappingForm | null>(null);
  const changed = useChangedFields(object);
  const isOff = connection !== undefined && !isObjectOn(object, connection.settings);
  const mappings = list.data?.mappings ?? [];
  const editing = mappings.find((mapping) => mapping.id === view.editing) ?? null;
  const close = () => {
    setDraft(null);
    view.setEditing(null);
  };
  const remove = useDeleteMapping(close);
  if (list.isPending) return <MappingListSkeleton />;
  if (!list.data) {
    const requestId = list.error instanceof ApiProblem ? list.error.requestId : undefined;
    return (
      <Card>
        <ErrorState title={t("error.title")} requestId={requestId} onRetry={() => void list.refetch()}>
          {t("error.text")}
        </ErrorState>
      </Card>
    );
  }
  if (mappings.length === 0) return <NoMappings object={object} isOff={isOff} mayEdit={mayEdit} />;
  return (
    <>
      {isOff && <ObjectOffBanner object={object} mayEdit={mayEdit} />}
      <RequiredBanner
        required={list.data.requiredUnfilled.filter((one) => one.isCreated)}
        onMap={(required) => {
          const end = endOfType(object, required.type);
          if (end) setDraft({ ...emptyForm(object), [end.key]: required.field });
        }}
        mayEdit={mayEdit}
      />
      {mayEdit && !isOff && (
        <BackfillOffer
          objects={[object]}
          isOffered={changed.labels.length > 0}
          title={(count) => t("backfill", { name: changed.labels[0] ?? "", more: changed.labels.length - 1, count })}
          onClose={changed.forget}
        />
      )}
      <MappingTools
        mappings={mappings}
        view={view}
        action={
          mayEdit && (
            <Button variant="primary" icon={<Plus aria-hidden />} onClick={() => setDraft(emptyForm(object))}>
              {t("add")}
            </Button>
          )
        }
      />
      <MappingList mappings={mappings} view={view} />
      <SuggestionRows
        suggestions={suggestions.data?.suggestions ?? []}
        mayEdit={mayEdit}
        onAdjust={setDraft}
        onAdded={changed.note}
      />
      {(editing !== null || draft !== null) && (
        <MappingDrawer
          key={editing?.id ?? JSON.stringify(draft)}
          object={object}
          mapping={editing}
          draft={draft}
          others={mappings.filter((mapping) => mapping.id !== editing?.id)}
          mayEdit={mayEdit}
          onClose={close}
          onSaved={(label) => {
            changed.note([label]);
            close();
          }}
          onDelete={(mapping) => remove.mutate(mapping)}
        />
      )}
    </>
  );
}
