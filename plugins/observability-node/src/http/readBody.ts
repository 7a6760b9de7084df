import type { Response } from 'undici';

/** The answer is larger than what is read at most. */
export class BodyTooLargeError extends Error {}

/**
 * Reads a body as UTF-8, and stops as soon as it is larger than allowed: counted
 * after decompression, so that a small download cannot become a large text.
 */
export async function readBody(
  response: Response,
  maximumBytes: number,
): Promise<string> {
  if (!response.body) return '';
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return text + decoder.decode();
      bytes += value.byteLength;
      if (bytes > maximumBytes) throw new BodyTooLargeError();
      text += decoder.decode(value, { stream: true });
    }
  } finally {
    // Frees the connection when the rest is not wanted.
    reader.cancel().catch(() => {});
  }
}
