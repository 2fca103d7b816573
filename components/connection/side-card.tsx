"use client";

import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Card, CardFooter } from "@/components/ui/card";
import { CopyButton } from "@/components/ui/copy-button";
import { CrmTag } from "@/components/ui/crm-tag";
import { KeyValueList } from "@/components/ui/key-value-list";
import { missingOverlay } from "@/components/ui/missing-part";
import { RelativeTime } from "@/components/ui/relative-time";
import { Skeleton } from "@/components/ui/skeleton";
import { StatePill } from "@/components/ui/state-pill";
import type { ConnectionView } from "@/lib/contracts/connection";
import type { Side } from "@/lib/decide/record-types";
import { setupQuery } from "./permissions-query";
import { SignInPlace } from "./sign-in-place";
import { isSandboxHost, kindOfPlace } from "./sign-in-places";
import { useAuthorize } from "./use-authorize";
import { useSignInPlace } from "./use-sign-in-place";

const DisconnectDialog = dynamic(() =>
  import("./disconnect-dialog").then((file) => file.DisconnectDialog).catch(missingOverlay),
);
const SwitchDialog = dynamic(() => import("./switch-dialog").then((file) => file.SwitchDialog).catch(missingOverlay));

type SideCardProps = { side: Side; connection: ConnectionView; mayEdit: boolean };

function SideState({ side, connection }: Omit<SideCardProps, "mayEdit">) {
  const t = useTranslations("connection.side");
  if (!connection[side].connected) return <StatePill tone="mute" label={t("notConnected")} />;
  const stopped = connection.status === "suspended" && connection.suspendedSide === side;
  return stopped ? (
    <StatePill tone="warn" label={t("needsAttention")} />
  ) : (
    <StatePill tone="ok" label={t("connected")} />
  );
}

function Account({ side, connection }: Omit<SideCardProps, "mayEdit">) {
  const t = useTranslations("connection.side");
  const { id, userName, connectedAt } = connection[side];
  const items = [
    {
      key: "id",
      label: t(`${side}Id`),
      value: id ? (
        <span className="inline-flex items-center gap-1 font-mono text-xs">
          {id} <CopyButton value={id} what={t(`${side}Id`)} />
        </span>
      ) : (
        "–"
      ),
    },
    // HubSpot's OAuth tokens belong to the account, so there is no name to show
    ...(userName ? [{ key: "user", label: t("user"), value: userName }] : []),
    ...(side === "salesforce"
      ? [{ key: "place", label: t("signInAt"), value: <SignsInAt connection={connection} /> }]
      : []),
    { key: "since", label: t("since"), value: connectedAt ? <RelativeTime at={connectedAt} /> : "–" },
  ];
  return <KeyValueList items={items} className="px-4 pb-2" />;
}

/** Which kind of org this is, with the host on whose pages it signs in. */
function SignsInAt({ connection }: Pick<SideCardProps, "connection">) {
  const t = useTranslations("connection.place");
  const { data } = useQuery(setupQuery);
  const host = connection.salesforce.signInAt ?? data?.salesforce.signInAt;
  if (host === undefined) return "–";
  const kind = isSandboxHost(host) ? "sandbox" : kindOfPlace(host, null) === "production" ? "production" : null;
  return (
    <span className="inline-flex flex-wrap items-baseline justify-end gap-x-2">
      {kind && t(`kinds.${kind}`)} <span className="break-all font-mono text-ink-faint text-xs">{host}</span>
    </span>
  );
}

function Connected(props: SideCardProps) {
  const { side, connection, mayEdit } = props;
  const t = useTranslations("connection.side");
  const shell = useTranslations("shell");
  // null: never asked, so the dialog is not even loaded
  const [asking, setAsking] = useState<boolean | null>(null);
  const [switching, setSwitching] = useState<boolean | null>(null);
  const authorize = useAuthorize(side);
  const stopped = connection.status === "suspended" && connection.suspendedSide === side;
  return (
    <>
      <p className="truncate px-4 pt-3 pb-2 font-semibold text-lg tracking-tight">
        {connection[side].name ?? shell(side)}
      </p>
      <Account side={side} connection={connection} />
      {side === "salesforce" && mayEdit && <p className="px-4 pb-3 text-ink-faint text-xs">{t("changeUser")}</p>}
      {mayEdit && (
        <CardFooter className="mt-auto">
          <Button variant="ghost" size="sm" onClick={() => setAsking(true)}>
            {t("disconnect")}
          </Button>
          <Button variant="ghost" size="sm" onClick={() => setSwitching(true)}>
            {t(`${side}Switch`)}
          </Button>
          <Button
            variant={stopped ? "primary" : "secondary"}
            size="sm"
            busy={authorize.isPending}
            onClick={() => authorize.mutate({})}
          >
            {t("reconnect")}
          </Button>
          {asking !== null && <DisconnectDialog side={side} open={asking} onOpenChange={setAsking} />}
          {switching !== null && (
            <SwitchDialog side={side} connection={connection} open={switching} onOpenChange={setSwitching} />
          )}
        </CardFooter>
      )}
    </>
  );
}

function NotConnected({ side, connection, mayEdit }: SideCardProps) {
  const t = useTranslations("connection.side");
  const authorize = useAuthorize(side);
  const { data: setup, isPending } = useQuery(setupQuery);
  const place = useSignInPlace(connection, authorize.error);
  const begin = () => authorize.mutate(place ? { signInAt: place.value } : {});
  // Where no OAuth app is set nothing could begin: the page says so above.
  const mayBegin = mayEdit && setup?.[side].isSet !== false;
  return (
    <div className="flex flex-1 flex-col items-start gap-4 px-4 py-5">
      <div className="text-ink-soft text-sm">
        <p>{t(`${side}Asks`)}</p>
        <ul className="mt-2 list-disc pl-5 marker:text-ink-faint">
          <li>{t(`${side}Asks1`)}</li>
          <li>{t(`${side}Asks2`)}</li>
        </ul>
      </div>
      {/* Whole at once: a button that moves down under the pointer takes no click. */}
      {mayBegin && isPending && <Skeleton className="mt-auto h-8 w-36" />}
      {mayBegin && side === "salesforce" && place && <SignInPlace {...place} />}
      {mayBegin && !isPending && (
        <Button variant="primary" className="mt-auto" busy={authorize.isPending || authorize.isSuccess} onClick={begin}>
          {t(`${side}Connect`)}
        </Button>
      )}
    </div>
  );
}

/** One end of the bridge: the account, or how to connect it. */
export function SideCard(props: SideCardProps) {
  const { side, connection } = props;
  const shell = useTranslations("shell");
  return (
    <Card aria-labelledby={`${side}-title`} className="flex min-h-60 min-w-0 flex-col">
      <header className="flex h-12 items-center justify-between gap-3 border-line border-b px-4">
        <h2 id={`${side}-title`} className="flex items-center gap-2 font-semibold text-sm">
          <CrmTag letter={side === "hubspot" ? "H" : "S"} name={shell(side)} />
          <span aria-hidden>{shell(side)}</span>
        </h2>
        <SideState side={side} connection={connection} />
      </header>
      {connection[side].connected ? <Connected {...props} /> : <NotConnected {...props} />}
    </Card>
  );
}
