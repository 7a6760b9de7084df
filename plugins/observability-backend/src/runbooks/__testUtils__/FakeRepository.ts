import { UrlReaderService } from '@backstage/backend-plugin-api';
import {
  NotAllowedError,
  NotFoundError,
  NotModifiedError,
} from '@backstage/errors';

/** A repository of which we say what is in it, and which counts who asks. */
export class FakeRepository {
  files: Record<string, string | Buffer> = {};
  failure: Error | undefined;
  /** What the last question said it had. */
  readonly asked: { url: string; etag?: string; answered: boolean }[] = [];

  readonly reader: UrlReaderService = {
    readTree: async (url, options) => {
      const etag = this.#answer(url, options?.etag);
      const kept = Object.entries(this.files).filter(([path, text]) =>
        options?.filter ? options.filter(path, { size: text.length }) : true,
      );
      return {
        etag,
        files: async () =>
          kept.map(([path, text]) => ({
            path,
            content: async () => Buffer.from(text),
          })),
        archive: async () => {
          throw new Error('not asked for');
        },
        dir: async () => {
          throw new Error('not asked for');
        },
      };
    },
    search: async (url, options) => ({
      etag: this.#answer(url, options?.etag),
      files: Object.entries(this.files).map(([path, text]) => ({
        url: `https://github.com/acme/crm/blob/main/runbooks/${path}`,
        content: async () => Buffer.from(text),
      })),
    }),
    readUrl: async (url, options) => {
      if (url.includes('wiki.example')) {
        throw new NotAllowedError('no integration');
      }
      const etag = this.#answer(url, options?.etag);
      const [path] = Object.keys(this.files).filter(name =>
        url.endsWith(`/${name}`),
      );
      if (path === undefined) {
        throw new NotFoundError('nothing there');
      }
      return { etag, buffer: async () => Buffer.from(this.files[path]) };
    },
  };

  #answer(url: string, known: string | undefined): string {
    if (this.failure) {
      this.asked.push({ url, etag: known, answered: false });
      throw this.failure;
    }
    const etag = JSON.stringify(this.files);
    this.asked.push({ url, etag: known, answered: etag !== known });
    if (etag === known) {
      throw new NotModifiedError();
    }
    return etag;
  }
}
