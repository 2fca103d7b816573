import * as cancel from "@/app/api/jobs/[id]/cancel/route";
import * as job from "@/app/api/jobs/[id]/route";
import * as jobs from "@/app/api/jobs/route";
import * as cancelPreview from "@/app/api/previews/[id]/cancel/route";
import * as preview from "@/app/api/previews/[id]/route";
import * as previews from "@/app/api/previews/route";
import * as recordsSync from "@/app/api/records/sync/route";
import * as run from "@/app/api/runs/[id]/route";
import * as runs from "@/app/api/runs/route";
import { jobListSchema, jobSchema, jobsStartedSchema, previewSchema } from "@/lib/contracts/jobs";
import { runDetailSchema, runListSchema } from "@/lib/contracts/runs";
import { describeRoutes } from "./describe-routes";

const JOBS = "Jobs";

/** Long work that a person starts, and what it would do. */
export const JOB_ROUTES = [
  ...describeRoutes(JOBS, "/api/jobs", jobs, {
    GET: { summary: "Imports, list syncs, backfills and resyncs, newest first", reply: { JobList: jobListSchema } },
    POST: {
      summary: "Start a job, or carry out a preview",
      reply: { Job: jobSchema },
      status: 202,
      problems: ["not_connected", "already_running", "changed_meanwhile", "not_found"],
    },
  }),
  ...describeRoutes(JOBS, "/api/jobs/[id]", job, {
    GET: { summary: "One job with its progress", reply: { Job: jobSchema } },
  }),
  ...describeRoutes(JOBS, "/api/jobs/[id]/cancel", cancel, {
    POST: { summary: "End a job; what it had not begun with is as before", reply: { Job: jobSchema } },
  }),
  ...describeRoutes(JOBS, "/api/previews", previews, {
    POST: {
      summary: "See what a job would write, without writing",
      reply: { Preview: previewSchema },
      status: 202,
      problems: ["not_connected"],
    },
  }),
  ...describeRoutes(JOBS, "/api/previews/[id]", preview, {
    GET: { summary: "Counts of a preview, and its records page by page", reply: { Preview: previewSchema } },
  }),
  ...describeRoutes(JOBS, "/api/previews/[id]/cancel", cancelPreview, {
    POST: { summary: "End a preview under way", reply: { Preview: previewSchema } },
  }),
  ...describeRoutes(JOBS, "/api/records/sync", recordsSync, {
    POST: {
      summary: "Sync up to 1,000 records now",
      reply: { JobsStarted: jobsStartedSchema },
      status: 202,
      problems: ["not_connected", "already_running", "not_found"],
    },
  }),
  ...describeRoutes(JOBS, "/api/runs", runs, {
    GET: { summary: "Checks and syncs, newest first", reply: { RunList: runListSchema } },
  }),
  ...describeRoutes(JOBS, "/api/runs/[id]", run, {
    GET: { summary: "One run with what it did to which record", reply: { RunDetail: runDetailSchema } },
  }),
];
