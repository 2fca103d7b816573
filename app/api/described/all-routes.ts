import { ACCESS_ROUTES } from "./access-routes";
import type { RouteEntry } from "./describe-routes";
import { HEALTH_ROUTES } from "./health-routes";
import { JOB_ROUTES } from "./job-routes";
import { LIST_ROUTES } from "./list-routes";
import { PEOPLE_ROUTES } from "./people-routes";
import { RECORD_ROUTES } from "./record-routes";
import { SYSTEM_ROUTES } from "./system-routes";
import { VIEW_ROUTES } from "./view-routes";

/** Every route of the API with its words. A test holds it against the files in app/api: a new route belongs in here. */
export const ALL_ROUTES: readonly RouteEntry[] = [
  ...RECORD_ROUTES,
  ...VIEW_ROUTES,
  ...PEOPLE_ROUTES,
  ...LIST_ROUTES,
  ...HEALTH_ROUTES,
  ...JOB_ROUTES,
  ...SYSTEM_ROUTES,
  ...ACCESS_ROUTES,
];
