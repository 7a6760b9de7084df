import { Entity } from '@backstage/catalog-model';
import {
  OnCallProvider,
  OnCallServiceSelection,
} from '@watchkeeper/backstage-plugin-observability-node';
import { ExternalOnCallStore, ExternalSource } from './ExternalOnCallStore';
import { OnCallProviders, sourceTitle } from './OnCallProviders';

/** What annotations of an entity name at other masters. */
export interface ExternalFindings {
  /** Of schedules. */
  names: string[];
  misconfigurations: { annotation: string; message: string }[];
}

interface Selected {
  provider: OnCallProvider;
  service: OnCallServiceSelection;
}

/** Finds the schedules of other masters that answer for entities. */
export class ExternalFinder {
  readonly #store: ExternalOnCallStore;
  readonly #providers: OnCallProviders;

  constructor(options: {
    store: ExternalOnCallStore;
    providers: OnCallProviders;
  }) {
    this.#store = options.store;
    this.#providers = options.providers;
  }

  /** Of entities that name something there. */
  async find(
    entities: ReadonlyMap<string, Entity>,
  ): Promise<Map<string, ExternalFindings>> {
    const found = new Map<string, ExternalFindings>();
    const selected = new Map<string, Selected[]>();
    for (const [entityRef, entity] of entities) {
      for (const provider of this.#providers.all) {
        const { services, misconfigurations } = provider.select(entity);
        if (services.length + misconfigurations.length > 0) {
          const findings = found.get(entityRef);
          found.set(entityRef, {
            names: [],
            // Several instances read the same annotation.
            misconfigurations: uniqueMessages([
              ...(findings?.misconfigurations ?? []),
              ...misconfigurations,
            ]),
          });
          selected.set(entityRef, [
            ...(selected.get(entityRef) ?? []),
            ...services.map(service => ({ provider, service })),
          ]);
        }
      }
    }
    if (selected.size === 0) {
      return found;
    }
    await this.#addNames(found, selected);
    return found;
  }

  async #addNames(
    found: Map<string, ExternalFindings>,
    selected: ReadonlyMap<string, Selected[]>,
  ): Promise<void> {
    const asked = [...selected.values()].flat();
    const [answers, sources] = await Promise.all([
      this.#store.namesByService(
        asked.map(({ provider, service }) => ({
          provider: provider.provider,
          instance: provider.instance,
          id: service.id,
        })),
      ),
      this.#store.sources(),
    ]);
    for (const [entityRef, ofEntity] of selected) {
      const findings = found.get(entityRef);
      if (!findings) {
        continue;
      }
      for (const { service } of uniqueServices(ofEntity)) {
        const same = ofEntity.filter(one => one.service.id === service.id);
        const names = answers
          .filter(
            ({ source, id }) =>
              id === service.id &&
              same.some(({ provider }) => isSource(provider, source)),
          )
          .map(({ name }) => name);
        findings.names.push(...names.filter(n => !findings.names.includes(n)));
        if (names.length === 0) {
          findings.misconfigurations.push(...explain(same, sources));
        }
      }
    }
  }
}

/** Why no schedule answers for a service; nothing where it was not asked for yet. */
function explain(
  same: readonly Selected[],
  sources: readonly ExternalSource[],
): ExternalFindings['misconfigurations'] {
  const { annotation, label, id } = same[0].service;
  const states = same.map(({ provider }) => ({
    provider,
    state: sources.find(source => isSource(provider, source)),
  }));
  const failing = states.find(({ state }) => state?.problem);
  if (failing?.state?.problem) {
    const { message } = failing.state.problem;
    return [
      {
        annotation,
        message: `${sourceTitle(
          failing.provider,
        )} does not say who is on call for ${label}: ${message}`,
      },
    ];
  }
  return states.every(({ state }) => state?.unknownServices.includes(id))
    ? [
        {
          annotation,
          message: `${states
            .map(({ provider }) => sourceTitle(provider))
            .join(' and ')} does not know ${label}`,
        },
      ]
    : [];
}

function isSource(
  one: { provider: string; instance: string },
  other: { provider: string; instance: string },
): boolean {
  return one.provider === other.provider && one.instance === other.instance;
}

function uniqueServices(selected: readonly Selected[]): Selected[] {
  return [...new Map(selected.map(one => [one.service.id, one])).values()];
}

function uniqueMessages(
  messages: ExternalFindings['misconfigurations'],
): ExternalFindings['misconfigurations'] {
  return [
    ...new Map(
      messages.map(one => [`${one.annotation}\n${one.message}`, one]),
    ).values(),
  ];
}
