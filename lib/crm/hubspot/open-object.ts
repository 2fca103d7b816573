import type { HubSpotObject } from "../face";
import type { CallHubSpot } from "./call";
import { type ObjectPaths, pathsOf } from "./paths";

/** One object of HubSpot: how it is called, and what differs between objects. */
export type OpenObject = {
  object: HubSpotObject;
  call: CallHubSpot;
  paths: ObjectPaths;
  /** The property that tells when a record was last changed; contacts have one of their own. */
  stamp: "lastmodifieddate" | "hs_lastmodifieddate";
  /** The property that tells when a record was made; engagements have one of their own. */
  created: "createdate" | "hs_createdate";
};

const WITH_CREATEDATE: readonly HubSpotObject[] = ["contact", "company", "deal"];

export function openObject(call: CallHubSpot, object: HubSpotObject): OpenObject {
  return {
    object,
    call,
    paths: pathsOf(object),
    stamp: object === "contact" ? "lastmodifieddate" : "hs_lastmodifieddate",
    created: WITH_CREATEDATE.includes(object) ? "createdate" : "hs_createdate",
  };
}
