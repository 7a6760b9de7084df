import { LoggerService } from '@backstage/backend-plugin-api';
import {
  InputError,
  NotAllowedError,
  ServiceUnavailableError,
} from '@backstage/errors';
import { NewOverride } from '@watchkeeper/backstage-plugin-observability-common';
import {
  isProviderError,
  ProviderError,
} from '@watchkeeper/backstage-plugin-observability-node';
import { toProviderError } from '../../collection/toProviderError';
import { CatalogDirectory } from '../CatalogDirectory';
import { StoredExternalSchedule } from './externalAnswers';
import { OnCallProviders } from './OnCallProviders';

/** Writes overrides back to the masters of schedules. Nothing of them is kept here: it is read again. */
export class ExternalOverrides {
  readonly #providers: OnCallProviders;
  readonly #directory: CatalogDirectory;
  readonly #readNow: (source: {
    provider: string;
    instance: string;
  }) => Promise<void>;
  readonly #logger: LoggerService;

  constructor(options: {
    providers: OnCallProviders;
    directory: CatalogDirectory;
    /** Has a source read as soon as possible. */
    readNow: (source: { provider: string; instance: string }) => Promise<void>;
    logger: LoggerService;
  }) {
    this.#providers = options.providers;
    this.#directory = options.directory;
    this.#readNow = options.readNow;
    this.#logger = options.logger;
  }

  /** Puts somebody on watch at the master; returns the id that it has there. */
  async write(
    { origin, external }: StoredExternalSchedule,
    change: Pick<NewOverride, 'start' | 'end' | 'level' | 'add' | 'remove'>,
    now: Date,
  ): Promise<string> {
    const source = {
      provider: origin.provider ?? '',
      instance: external.instance,
    };
    const provider = this.#providers.find(source);
    if (!provider?.override) {
      throw new NotAllowedError(
        `${origin.location} is the master of this schedule and takes no overrides from here; make it there`,
      );
    }
    const refs = [change.add, change.remove].filter(ref => ref !== undefined);
    const [{ people }, emails] = await Promise.all([
      this.#directory.people(refs),
      this.#directory.emailsOf(refs),
    ]);
    const personOf = (ref: string) => {
      const email = emails.get(ref);
      return {
        name: people.get(ref)?.displayName ?? ref,
        ...(email === undefined ? {} : { email }),
      };
    };
    try {
      const { id } = await provider.override({
        scheduleId: external.externalId,
        start: new Date(change.start),
        end: new Date(change.end),
        ...(change.level === undefined ? {} : { level: change.level }),
        ...(change.add === undefined ? {} : { add: personOf(change.add) }),
        ...(change.remove === undefined
          ? {}
          : { remove: personOf(change.remove) }),
        now,
        logger: this.#logger.child(source),
      });
      return id;
    } catch (error) {
      throw toHttpError(
        isProviderError(error)
          ? error
          : toProviderError(provider, error, this.#logger),
      );
    } finally {
      // Also after a failure: nobody knows what of it has arrived.
      await this.#readNow(source);
    }
  }
}

/** The master's own reason, as an answer of ours. */
function toHttpError({ code, message }: ProviderError): Error {
  switch (code) {
    case 'misconfigured':
    case 'not-found':
      return new InputError(message);
    case 'unauthorized':
    case 'forbidden':
      return new NotAllowedError(message);
    default:
      return new ServiceUnavailableError(message);
  }
}
