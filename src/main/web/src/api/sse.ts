/** One message of a stream of server-sent events. */
export interface ServerSentEvent {
  id: string;
  event: string;
  data: string;
}

/**
 * Parses server-sent events from text that arrives in pieces. `EventSource` does the same, but hides heartbeats and the
 * status of a response, and cannot send a token.
 */
export class EventParser {
  /** The newest id, to resume from. */
  lastId = '';
  /** The delay before a new connection that the server asks for, in milliseconds. */
  retry: number | null = null;
  private rest = '';
  private event = '';
  private data: string[] = [];

  /** Takes the next piece and returns the messages that it completes. */
  push(piece: string): ServerSentEvent[] {
    const lines = (this.rest + piece).split('\n');
    this.rest = lines.pop() ?? '';
    const messages: ServerSentEvent[] = [];
    for (const line of lines) {
      const complete = this.line(line.endsWith('\r') ? line.slice(0, -1) : line);
      if (complete) {
        messages.push(complete);
      }
    }
    return messages;
  }

  /** Forgets a message that was cut off with its connection. */
  reset(): void {
    this.rest = '';
    this.event = '';
    this.data = [];
  }

  private line(line: string): ServerSentEvent | null {
    if (line === '') {
      const complete = this.data.length ? { id: this.lastId, event: this.event, data: this.data.join('\n') } : null;
      this.event = '';
      this.data = [];
      return complete;
    }
    const colon = line.indexOf(':');
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(line[colon + 1] === ' ' ? colon + 2 : colon + 1);
    if (field === 'data') {
      this.data.push(value);
    } else if (field === 'event') {
      this.event = value;
    } else if (field === 'id') {
      this.lastId = value;
    } else if (field === 'retry' && /^\d+$/.test(value)) {
      this.retry = Number(value);
    }
    return null;
  }
}
