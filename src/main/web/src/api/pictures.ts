import { ApiError, getFile } from './http';

/** Requests at a time. A browser allows six to a server, of which the stream takes one, and commands must not wait for pictures. */
const MAX_RUNNING = 3;
/** A request that is not answered for this long leaves its place to others. */
const LIMIT = 15_000;

let running = 0;
const waiting: (() => void)[] = [];

/** The URL of a picture, to be revoked. Waits while other pictures are requested. */
export async function loadPicture(path: string, over = new AbortController()): Promise<string> {
  if (running < MAX_RUNNING) {
    running++;
  } else {
    await new Promise<void>(start => waiting.push(start));
  }
  const limit = setTimeout(() => over.abort(), LIMIT);
  try {
    over.signal.throwIfAborted();
    return await getFile(path, over.signal);
  } catch (error) {
    throw error instanceof ApiError ? error : new ApiError({ status: 0, code: 'no_answer', detail: '' });
  } finally {
    clearTimeout(limit);
    const next = waiting.shift();
    next ? next() : running--;
  }
}
