/** The documents of the API as docs/reference describes them. Unknown keys are ignored, and new words are possible. */

export interface Heater {
  actual: number | null;
  target: number | null;
}

export interface Job {
  id: string | null;
  file: string | null;
  progress: number | null;
  elapsed: number | null;
  remaining: number | null;
  finish_at: string | null;
  layer: number | null;
  layers: number | null;
  stale: boolean;
}

export interface LastJob {
  id: string | null;
  file: string | null;
  result: string;
  ended_at: string | null;
}

export interface Plate {
  state: string;
  since: string;
}

export interface Problem {
  code: string | null;
  severity: string;
  message: string | null;
}

export interface Filament {
  slot: string;
  type: string | null;
  color: string | null;
  name: string | null;
  remaining: number | null;
  active: boolean;
}

export interface Status {
  /** On this page the key of the printer, see `keyOf`. */
  id: string;
  /** Null for a printer of this bridge. */
  site?: string | null;
  name: string;
  driver: string;
  model: string | null;
  group: string | null;
  tags: string[];
  state: string;
  message: string | null;
  online: boolean;
  temperatures: { nozzle: Heater | null; nozzles: Heater[]; bed: Heater | null; chamber: Heater | null };
  job: Job | null;
  last_job: LastJob | null;
  speed: number | null;
  fan: number | null;
  /** Null if the printer does not report a light. */
  light: boolean | null;
  plate: Plate | null;
  /** A printer in maintenance has no alerts. */
  maintenance: { note: string; since: string } | null;
  capabilities: string[];
  poll: { observed_at: string | null; latency_ms: number | null; failures: number; reason: string | null };
  /** Not reported by every version of the bridge. */
  problems?: Problem[];
  filaments?: Filament[];
}

export interface Alert {
  printer: string;
  /** Missing for a printer of this bridge. */
  site?: string | null;
  severity: string;
  code: string;
  message: string;
  since: string;
}

export interface PrinterEvent {
  event_type: string;
  at: string;
  printer: string;
}

export interface Stage {
  stage: string;
  ok: boolean | null;
  took_ms: number | null;
  found: string | null;
  advice: string | null;
}

export interface Diagnosis {
  ok: boolean;
  at: string;
  took_ms: number;
  stages: Stage[];
}

export interface Poll {
  at: string;
  latency_ms: number | null;
  result: string;
  detail: string | null;
}

export interface Polls {
  mode: string | null;
  fallback: string | null;
  polls: Poll[];
}

/** Samples of a heater; a value is null if it was unknown. */
export interface Curve {
  actual: (number | null)[];
  target: (number | null)[];
}

/** The temperatures of the last three hours, oldest first; all lists have the length of `at`. */
export interface TemperatureHistory {
  /** Between two samples, in seconds. */
  interval: number;
  at: string[];
  nozzle: Curve;
  bed: Curve;
  chamber: Curve;
}

/** A print that ended. */
export interface PastJob {
  id: number;
  printer: string;
  name: string;
  file: string | null;
  result: string;
  ended_at: string | null;
  recorded_at: string;
  duration: number | null;
  filament: string | null;
}

export interface JobPage {
  jobs: PastJob[];
  next: string | null;
}

export interface StateChange {
  id: number;
  at: string;
  from: string;
  to: string;
  reason: string | null;
}

export interface StatePage {
  states: StateChange[];
  next: string | null;
}

/** Percent, seconds and counts of a period. */
export interface PrintStatistics {
  jobs: { total: number };
  success_rate: number | null;
  printed: number;
  use: number | null;
  next_free: string | null;
}

export interface Statistics {
  from: string;
  recorded_from: string;
  fleet: PrintStatistics;
  groups: (PrintStatistics & { group: string })[];
  printers: (PrintStatistics & { printer: string; name: string; registered: boolean })[];
}

export interface Probe {
  driver: string | null;
  address: string | null;
  evidence: string | null;
  state: string | null;
  model: string | null;
  reason: string | null;
  detail: string | null;
  fingerprint: string | null;
  stages: Stage[];
}

/** A printer that a search of the network found. */
export interface FoundPrinter {
  driver: string;
  address: string;
  evidence: string;
  name: string | null;
  model: string | null;
  serial_number: string | null;
  sources: string[];
  /** False if it only announces itself and no driver recognised it. */
  confirmed: boolean;
  fingerprint: string | null;
  /** The id of the registered printer that it is. */
  registered: string | null;
}

export interface Discovery {
  networks: string[];
  addresses: number;
  complete: boolean;
  took_ms: number;
  problems: string[];
  printers: FoundPrinter[];
}

export interface Registration {
  id: string;
  name: string;
  address: string;
  driver: string;
  model: string | null;
  group: string | null;
  tags: string[];
  enabled: boolean;
  polling: { timeout: string | null; offline_after: number | null };
  has_credentials: boolean;
}

export interface User {
  name: string;
  role: 'viewer' | 'operator' | 'admin';
  created_at: string;
}

export interface Token {
  id: string;
  name: string;
  scopes: string[];
  created_at: string;
  expires_at: string | null;
}

/** The token itself is in the answer to its creation only. */
export interface CreatedToken extends Token {
  token: string;
}

export interface ReceiverTest {
  receiver: string;
  delivered: boolean;
  detail: string | null;
}

export interface BridgeParts {
  parts: Record<string, { status: 'up' | 'degraded' | 'down'; detail: string | null }>;
}

export interface LogLevels {
  level: string;
  packages: Record<string, string>;
}

export interface ApiProblem {
  status: number;
  code: string;
  detail: string;
  field?: string;
  errors?: FieldError[];
}

export interface FieldError {
  /** Path of a field, such as `polling.timeout`, or for an import `line 4, polling.timeout`. */
  field: string;
  detail: string;
}
