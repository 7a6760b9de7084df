import { IncomingHttpHeaders, IncomingMessage, request } from 'node:http';
import { Socket } from 'node:net';
import { Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { CheckFailure, codeOf } from './CheckFailure';

/** Of a body no more than this is read, decompressed. */
export const MAXIMUM_BODY_BYTES = 1024 * 1024;

const DECOMPRESSORS: Record<string, () => NodeJS.ReadWriteStream> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

/** An answer, its body as far as it was asked for. */
export interface HttpAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
  /** The body is longer than what was read of it. */
  isCut: boolean;
}

/** Sends one request over a connection of its own, which then ends. */
export async function sendRequest(
  socket: Socket,
  options: {
    url: URL;
    method: string;
    headers: Record<string, string>;
    body?: string;
    readsBody: (status: number) => boolean;
    signal: AbortSignal;
    /** Called when the status and the headers are there. */
    onHeaders: () => void;
  },
): Promise<HttpAnswer> {
  const { url, method, headers, body, signal } = options;
  try {
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      const message = request({
        createConnection: () => socket,
        method,
        path: `${url.pathname}${url.search}`,
        headers: {
          Host: url.host,
          'User-Agent': 'Watchkeeper',
          Accept: '*/*',
          'Accept-Encoding': 'identity',
          ...headers,
          Connection: 'close',
          ...(body === undefined
            ? {}
            : { 'Content-Length': Buffer.byteLength(body) }),
        },
        signal,
      });
      message.on('response', resolve);
      message.on('error', error => reject(signal.reason ?? error));
      message.on('upgrade', () =>
        reject(new CheckFailure('the answer changes to another protocol')),
      );
      message.on('close', () =>
        reject(Object.assign(new Error('Closed'), { code: 'ECONNRESET' })),
      );
      message.end(body);
    });
    // Its end is not awaited where nobody reads it.
    response.on('error', () => {});
    options.onHeaders();
    const status = response.statusCode ?? 0;
    const read = options.readsBody(status)
      ? await readBody(response, signal)
      : { body: '', isCut: false };
    return { status, headers: response.headers, ...read };
  } finally {
    socket.destroy();
  }
}

async function readBody(
  response: IncomingMessage,
  signal: AbortSignal,
): Promise<{ body: string; isCut: boolean }> {
  const encoding = (response.headers['content-encoding'] ?? '').toLowerCase();
  const decompressor = Object.hasOwn(DECOMPRESSORS, encoding)
    ? DECOMPRESSORS[encoding]()
    : undefined;
  if (decompressor) {
    response.on('error', error => decompressor.emit('error', error));
    response.pipe(decompressor);
  }
  const source = (decompressor ?? response) as Readable;
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of source as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      length += chunk.length;
      if (length > MAXIMUM_BODY_BYTES) break;
    }
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    throw isCutOff(error)
      ? new CheckFailure('the body ends before it is complete', {
          cause: error,
        })
      : error;
  }
  return {
    body: Buffer.concat(chunks)
      .subarray(0, MAXIMUM_BODY_BYTES)
      .toString('utf8'),
    isCut: length > MAXIMUM_BODY_BYTES,
  };
}

function isCutOff(error: unknown): boolean {
  return [
    'ECONNRESET',
    'ERR_STREAM_PREMATURE_CLOSE',
    'HPE_INVALID_EOF_STATE',
  ].includes(codeOf(error));
}
