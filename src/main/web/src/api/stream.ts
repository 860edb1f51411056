import { headers, problemOf } from './http';
import { EventParser, type ServerSentEvent } from './sse';
import type { ApiProblem } from './types';

/** The bridge sends at least a heartbeat every 5 s. */
const SILENT_AFTER = 15_000;
const LONGEST_DELAY = 10_000;

/** What a stream reports. */
export interface StreamListener {
  /** Data or a heartbeat arrived. */
  heard(): void;
  message(message: ServerSentEvent): void;
  /** The stream ended and will be opened again, unless the problem is 401. */
  lost(problem: ApiProblem | null): void;
}

/** The one stream of a tab. It connects again by itself and goes on where it stopped. */
export class EventStream {
  private readonly parser = new EventParser();
  private readonly listener: StreamListener;
  private readonly path: string;
  private connection: AbortController | null = null;
  private timer = 0;
  private failures = 0;

  constructor(listener: StreamListener, path = 'api/stream') {
    this.listener = listener;
    this.path = path;
  }

  get isOpen(): boolean {
    return this.connection !== null || this.timer !== 0;
  }

  open(): void {
    this.close();
    void this.read();
  }

  close(): void {
    clearTimeout(this.timer);
    this.timer = 0;
    this.connection?.abort();
    this.connection = null;
  }

  private async read(): Promise<void> {
    const connection = new AbortController();
    this.connection = connection;
    this.parser.reset();
    let problem: ApiProblem | null = null;
    let delay = 0;
    let silence = 0;
    const heard = () => {
      clearTimeout(silence);
      silence = setTimeout(() => connection.abort(), SILENT_AFTER) as unknown as number;
    };
    heard();
    try {
      const resume: Record<string, string> = this.parser.lastId ? { 'Last-Event-ID': this.parser.lastId } : {};
      const response = await fetch(this.path, {
        headers: headers({ Accept: 'text/event-stream', ...resume }),
        cache: 'no-store',
        signal: connection.signal,
      });
      if (response.ok && response.body) {
        await this.follow(response.body.getReader(), connection, heard);
      } else {
        problem = await problemOf(response);
        delay = Number(response.headers.get('Retry-After') ?? 0) * 1000;
      }
    } catch {
      // Reported below, as every other end.
    }
    clearTimeout(silence);
    if (this.connection !== connection) {
      return;
    }
    this.connection = null;
    this.listener.lost(problem);
    if (problem?.status !== 401) {
      this.timer = setTimeout(() => this.open(), Math.max(delay, this.backOff())) as unknown as number;
    }
  }

  private async follow(reader: ReadableStreamDefaultReader<Uint8Array>, connection: AbortController, heard: () => void) {
    const decoder = new TextDecoder();
    for (;;) {
      const { done, value } = await reader.read();
      if (done || this.connection !== connection) {
        return;
      }
      heard();
      this.failures = 0;
      for (const message of this.parser.push(decoder.decode(value, { stream: true }))) {
        this.listener.message(message);
      }
      this.listener.heard();
    }
  }

  private backOff(): number {
    const base = Math.min(LONGEST_DELAY, (this.parser.retry ?? 1000) * 2 ** this.failures++);
    return base * (0.75 + Math.random() / 2);
  }
}
