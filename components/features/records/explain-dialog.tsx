"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { type FormEvent, useId, useState } from "react";
import { GateLine } from "@/components/record-words/gate-line";
import { Banner } from "@/components/ui/banner";
import { Button, buttonClass } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Skeleton } from "@/components/ui/skeleton";
import { StatePill } from "@/components/ui/state-pill";
import { ApiProblem, apiGet } from "@/lib/browser/api-client";
import { recordPath } from "@/lib/browser/record-path";
import { RECORD_TONE } from "@/lib/browser/record-tone";
import { useProblemWords } from "@/lib/browser/use-problem-words";
import type { Explanation } from "@/lib/contracts/explain";
import { readAskedId } from "./explain-id";
import type { ListedObject } from "./record-filters";

const loadExplanation = () => import("@/lib/contracts/explain").then((file) => file.explanationSchema);
const ROWS = ["a", "b", "c", "d"];

/** Paste an id of either CRM: every gate in words, also for records that no check has named yet (spec G6). */
export function ExplainDialog({ object, onClose }: { object: ListedObject; onClose: () => void }) {
  const t = useTranslations("records.explain");
  const ui = useTranslations("ui");
  const form = useId();
  const [pasted, setPasted] = useState("");
  const [error, setError] = useState<string>();
  const [asked, setAsked] = useState<string | null>(null);
  const answer = useQuery({
    queryKey: ["explain", asked],
    queryFn: ({ signal }) => apiGet(`/api/explain?${asked}`, loadExplanation, signal),
    enabled: asked !== null,
    staleTime: 0,
    gcTime: 0,
    retry: false,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const id = readAskedId(pasted);
    if (id === null) return setError(t(pasted.trim() === "" ? "missing" : "noId"));
    if ("email" in id && object !== "contact") return setError(t("noId"));
    const query = new URLSearchParams({ ...id, object }).toString();
    if (query === asked) void answer.refetch();
    else setAsked(query);
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      width="md"
      title={t("title")}
      description={t("text")}
      footer={
        <>
          <Button onClick={onClose}>{ui("close")}</Button>
          <Button type="submit" form={form} variant="primary" busy={answer.isFetching}>
            {t("ask")}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit} noValidate>
        <Field label={t("id", { object })} hint={t("idHint", { object })} error={error}>
          {(control) => (
            <Input
              {...control}
              value={pasted}
              autoComplete="off"
              spellCheck={false}
              placeholder={object === "contact" ? "name@example.com" : "00Q5g000003xYzAEAU"}
              onChange={(event) => {
                setPasted(event.target.value);
                setError(undefined);
              }}
            />
          )}
        </Field>
      </form>
      <div aria-live="polite" className="mt-4">
        {answer.isFetching ? (
          <div className="grid gap-2">
            {ROWS.map((row) => (
              <Skeleton key={row} className="h-8 w-full" />
            ))}
          </div>
        ) : answer.isError ? (
          <Refused error={answer.error} />
        ) : (
          answer.data && <Answer answer={answer.data} onClose={onClose} />
        )}
      </div>
    </Dialog>
  );
}

function Refused({ error }: { error: unknown }) {
  const t = useTranslations("records.explain");
  const words = useProblemWords()(error);
  const isUnknown = error instanceof ApiProblem && error.code === "not_found";
  return (
    <Banner tone="warn" title={isUnknown ? t("unknown") : words.title}>
      {isUnknown ? t("unknownText") : words.what}
    </Banner>
  );
}

function Answer({ answer, onClose }: { answer: Explanation; onClose: () => void }) {
  const t = useTranslations("records.explain");
  const states = useTranslations("states");
  const closed = answer.gates.filter((gate) => !gate.passed);
  // What stops it stands first
  const gates = [...closed, ...answer.gates.filter((gate) => gate.passed)];
  return (
    <>
      <div className="mb-3 flex flex-wrap items-center justify-between gap-2">
        <p className="font-medium text-sm">
          {answer.state === null ? (
            t(`found.${answer.found}`, { survivor: answer.survivorId ?? "none", closed: closed.length })
          ) : (
            <StatePill tone={RECORD_TONE[answer.state]} label={states(answer.state)} />
          )}
        </p>
        {answer.recordId !== null && (
          <Link
            href={recordPath(answer.object, answer.recordId)}
            onClick={onClose}
            className={buttonClass("secondary", "sm")}
          >
            {t("open")}
          </Link>
        )}
      </div>
      <ul className="grid gap-x-8 gap-y-2 sm:grid-cols-2">
        {gates.map((gate) => (
          <GateLine key={gate.name} gate={gate} />
        ))}
      </ul>
    </>
  );
}
