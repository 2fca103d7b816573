import { HubSpotError, notFound, type PropertyProblem, validationError } from "./errors";
import type { ObjectType } from "./object-types";
import type { PropertySchema } from "./schema";

/** A stage in HubSpot's wire shape; deals carry `probability` and `isClosed`, tickets `ticketState` and `isClosed`. */
export type PipelineStage = {
  id: string;
  label: string;
  displayOrder: number;
  metadata: Record<string, string>;
  createdAt: string;
  updatedAt: string;
  archived: boolean;
  writePermissions: "CRM_PERMISSIONS_ENFORCEMENT";
};
export type Pipeline = {
  id: string;
  label: string;
  displayOrder: number;
  stages: PipelineStage[];
  createdAt: string;
  updatedAt: string;
  archived: boolean;
};
export type NewStage = { label: string; displayOrder: number; metadata: Record<string, string> };
export type NewPipeline = { label: string; displayOrder: number; stages: NewStage[] };

type SavedPipelines = { pipelines: Pipeline[]; nextId: number };

const MADE_AT = "2024-04-01T00:00:00.000Z";
/** Pipelines and stages that a person makes have such numbers for ids; HubSpot's own have words. */
const FIRST_ID = 811215668;

type StartStage = readonly [id: string, label: string, mark: string];
type StartPipeline = readonly [id: string, label: string, stages: readonly StartStage[]];

/** For deals the mark is the probability, for tickets the state. */
const START: Record<string, readonly StartPipeline[]> = {
  deals: [
    [
      "default",
      "Sales Pipeline",
      [
        ["appointmentscheduled", "Appointment Scheduled", "0.2"],
        ["qualifiedtobuy", "Qualified To Buy", "0.4"],
        ["presentationscheduled", "Presentation Scheduled", "0.6"],
        ["decisionmakerboughtin", "Decision Maker Bought-In", "0.8"],
        ["contractsent", "Contract Sent", "0.9"],
        ["closedwon", "Closed Won", "1.0"],
        ["closedlost", "Closed Lost", "0.0"],
      ],
    ],
    [
      "811215601",
      "Renewals",
      [
        ["1195283441", "Renewal due", "0.5"],
        ["1195283442", "Quote sent", "0.7"],
        ["1195283443", "Renewed", "1.0"],
        ["1195283444", "Churned", "0.0"],
      ],
    ],
  ],
  tickets: [
    [
      "0",
      "Support Pipeline",
      [
        ["1", "New", "OPEN"],
        ["2", "Waiting on contact", "OPEN"],
        ["3", "Waiting on us", "OPEN"],
        ["4", "Closed", "CLOSED"],
      ],
    ],
  ],
};

function describeMark(type: ObjectType, mark: string): Record<string, string> {
  if (type.name === "tickets") return { ticketState: mark, isClosed: String(mark === "CLOSED") };
  return { isClosed: String(mark === "1.0" || mark === "0.0"), probability: mark };
}

/** The pipelines of one object type; the options of its stage properties follow them. */
export class PipelineSet {
  private pipelines: Pipeline[];
  private nextId: number;

  constructor(
    private readonly type: ObjectType,
    private readonly schema: PropertySchema,
    saved?: SavedPipelines,
  ) {
    this.pipelines = saved?.pipelines ?? (START[type.name] ?? []).map((start, index) => this.expand(start, index));
    this.nextId = saved?.nextId ?? FIRST_ID;
    this.publish();
  }

  list(): Pipeline[] {
    return this.pipelines;
  }

  /** Throws 404. */
  get(id: string): Pipeline {
    const pipeline = this.pipelines.find((one) => one.id === id);
    if (!pipeline) throw notFound({ pipelineId: [id] });
    return pipeline;
  }

  /** Throws 404. */
  getStage(pipelineId: string, stageId: string): PipelineStage {
    const stage = this.get(pipelineId).stages.find((one) => one.id === stageId);
    if (!stage) throw notFound({ stageId: [stageId] });
    return stage;
  }

  /** Throws 409 for a label that is taken, 400 for a pipeline without stages. */
  create(input: NewPipeline, now: number): Pipeline {
    this.refuseTakenLabel(input.label);
    const pipeline = this.build(this.takeId(), input, now);
    this.pipelines = [...this.pipelines, pipeline];
    this.publish();
    return pipeline;
  }

  replace(id: string, input: NewPipeline, now: number): Pipeline {
    return this.put({ ...this.build(id, input, now), createdAt: this.get(id).createdAt });
  }

  update(id: string, change: Partial<Pick<Pipeline, "label" | "displayOrder" | "archived">>, now: number): Pipeline {
    return this.put({ ...this.get(id), ...change, updatedAt: new Date(now).toISOString() });
  }

  remove(id: string): void {
    this.get(id);
    this.pipelines = this.pipelines.filter((one) => one.id !== id);
    this.publish();
  }

  createStage(pipelineId: string, input: NewStage, now: number): PipelineStage {
    const pipeline = this.get(pipelineId);
    if (pipeline.stages.some((one) => one.label === input.label)) throw conflict("stage", input.label);
    const stage = this.buildStage(input, now);
    this.put({ ...pipeline, stages: [...pipeline.stages, stage] });
    return stage;
  }

  updateStage(pipelineId: string, stageId: string, change: Partial<NewStage>, now: number): PipelineStage {
    const before = this.getStage(pipelineId, stageId);
    const metadata = { ...before.metadata, ...change.metadata };
    const stage = { ...before, ...change, metadata, updatedAt: new Date(now).toISOString() };
    const pipeline = this.get(pipelineId);
    this.put({ ...pipeline, stages: pipeline.stages.map((one) => (one.id === stageId ? stage : one)) });
    return stage;
  }

  removeStage(pipelineId: string, stageId: string): void {
    this.getStage(pipelineId, stageId);
    const pipeline = this.get(pipelineId);
    this.put({ ...pipeline, stages: pipeline.stages.filter((one) => one.id !== stageId) });
  }

  /** What is wrong with the stage and pipeline that a record would have; values are the ones after the write. */
  findProblem(pipelineId: string | undefined, stageId: string | undefined): PropertyProblem | undefined {
    const names = this.type.stage;
    if (!names || !stageId) return undefined;
    const pipeline = this.pipelines.find((one) => one.id === pipelineId);
    if (!pipeline || pipeline.stages.some((one) => one.id === stageId)) return undefined;
    const valid = pipeline.stages.map((one) => one.id).join(", ");
    return {
      name: names.stage,
      code: "INVALID_OPTION",
      message: `${stageId} is not a valid stage of pipeline ${pipeline.id}. Valid options are: [${valid}]`,
    };
  }

  /** The pipeline that a record without one gets: that of its stage, else the first. */
  findPipelineOf(stageId: string | undefined): string | undefined {
    const holder = this.pipelines.find((one) => one.stages.some((stage) => stage.id === stageId));
    return (holder ?? this.pipelines[0])?.id;
  }

  findStage(stageId: string): PipelineStage | undefined {
    return this.pipelines.flatMap((one) => one.stages).find((stage) => stage.id === stageId);
  }

  save(): SavedPipelines {
    return { pipelines: this.pipelines, nextId: this.nextId };
  }

  private expand([id, label, stages]: StartPipeline, displayOrder: number): Pipeline {
    const made = { createdAt: MADE_AT, updatedAt: MADE_AT, archived: false };
    return {
      id,
      label,
      displayOrder,
      stages: stages.map(([stageId, stageLabel, mark], index) => ({
        id: stageId,
        label: stageLabel,
        displayOrder: index,
        metadata: describeMark(this.type, mark),
        ...made,
        writePermissions: "CRM_PERMISSIONS_ENFORCEMENT",
      })),
      ...made,
    };
  }

  private build(id: string, input: NewPipeline, now: number): Pipeline {
    if (input.stages.length === 0) throw validationError("A pipeline must have at least one stage");
    const at = new Date(now).toISOString();
    const stages = input.stages.map((stage) => this.buildStage(stage, now));
    return { id, label: input.label, displayOrder: input.displayOrder, stages, ...stampOf(at) };
  }

  private buildStage({ label, displayOrder, metadata }: NewStage, now: number): PipelineStage {
    if (this.type.name === "deals" && metadata.probability === undefined) {
      throw validationError("Deal pipeline stages must have a probability in their metadata");
    }
    const probability = Number(metadata.probability);
    const closed = metadata.isClosed ?? String(probability === 1 || probability === 0);
    const at = new Date(now).toISOString();
    return {
      id: this.takeId(),
      label,
      displayOrder,
      metadata: { ...metadata, isClosed: metadata.ticketState ? String(metadata.ticketState === "CLOSED") : closed },
      ...stampOf(at),
      writePermissions: "CRM_PERMISSIONS_ENFORCEMENT",
    };
  }

  private put(pipeline: Pipeline): Pipeline {
    this.pipelines = this.pipelines.map((one) => (one.id === pipeline.id ? pipeline : one));
    this.publish();
    return pipeline;
  }

  private publish(): void {
    const names = this.type.stage;
    if (!names) return;
    const live = this.pipelines.filter((one) => !one.archived);
    this.schema.setOptions(
      names.pipeline,
      live.map((one) => [one.label, one.id]),
    );
    const stages = live.flatMap((one) => one.stages.map((stage) => [stage.label, stage.id]));
    this.schema.setOptions(names.stage, stages);
  }

  private takeId(): string {
    this.nextId += 1;
    return String(this.nextId);
  }

  private refuseTakenLabel(label: string): void {
    if (this.pipelines.some((one) => one.label === label)) throw conflict("pipeline", label);
  }
}

function stampOf(at: string) {
  return { createdAt: at, updatedAt: at, archived: false };
}

function conflict(kind: string, label: string): HubSpotError {
  return new HubSpotError(409, {
    status: "error",
    message: `A ${kind} with the label '${label}' already exists`,
    category: "CONFLICT",
  });
}
