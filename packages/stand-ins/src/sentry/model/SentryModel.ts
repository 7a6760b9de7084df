import type {
  SentryIssueDefinition,
  SentryOrganizationDefinition,
  SentryProjectState,
  SentryScenarioChange,
  SentryWorld,
} from '../world/types';
import { ProjectModel } from './ProjectModel';
import type { IssueModel } from './streams';
import type { ProjectChange } from './timeline';

export interface OrganizationModel {
  definition: SentryOrganizationDefinition;
  projects: ProjectModel[];
}

const STATES: SentryProjectState[] = ['healthy', 'spike', 'quiet'];

interface IssueState {
  status: NonNullable<SentryIssueDefinition['status']>;
  substatus: NonNullable<SentryIssueDefinition['substatus']> | null;
}

/** A world that has begun, and what has been changed in it since. */
export class SentryModel {
  readonly organizations: OrganizationModel[];
  readonly startMs: number;
  readonly #changes = new Map<ProjectModel, ProjectChange[]>();
  readonly #issueStates = new Map<string, IssueState>();
  #nextTurn = 0;

  constructor(world: SentryWorld, startedAt: Date) {
    this.startMs = startedAt.getTime();
    this.organizations = world.describe(startedAt).map(definition => ({
      definition,
      projects: definition.projects.map(
        project => new ProjectModel(definition, project, this.startMs, []),
      ),
    }));
  }

  organization(idOrSlug: string): OrganizationModel | undefined {
    return this.organizations.find(
      ({ definition }) =>
        definition.slug === idOrSlug || definition.id === idOrSlug,
    );
  }

  /** A project by its slug; that there is none is the caller's mistake. */
  project(slug: string): ProjectModel {
    for (const { projects } of this.organizations) {
      const found = projects.find(({ definition }) => definition.slug === slug);
      if (found) return found;
    }
    throw new Error(`The world has no project '${slug}'`);
  }

  /** Status of an issue, as defined or as changed since. */
  issueState(issue: IssueModel): IssueState {
    const { id, status = 'unresolved', substatus = null } = issue.definition;
    return this.#issueStates.get(id) ?? { status, substatus };
  }

  /** Applies a change; answers which projects it concerned. */
  change(change: SentryScenarioChange, at: Date): string[] {
    if ('issue' in change) {
      const issue = this.#findIssue(change.issue);
      this.#issueStates.set(issue.definition.id, {
        status: change.status,
        substatus: change.substatus ?? defaultSubstatus(change.status),
      });
      return [issue.project.definition.slug];
    }

    const projectChange = readProjectChange(change, at);
    const slugs =
      'projects' in change
        ? this.#takeTurns(change.projects)
        : [change.project].flat();
    // All or none: one that is not there is found before any is changed.
    for (const slug of slugs) this.project(slug);
    for (const slug of slugs) this.#changeProject(slug, projectChange);
    return slugs;
  }

  #takeTurns(count: number): string[] {
    const all = this.organizations.flatMap(({ projects }) => projects);
    const slugs: string[] = [];
    for (let taken = 0; taken < Math.min(count, all.length); taken++) {
      slugs.push(all[this.#nextTurn % all.length].definition.slug);
      this.#nextTurn += 1;
    }
    return slugs;
  }

  #changeProject(slug: string, change: ProjectChange): void {
    for (const organization of this.organizations) {
      const index = organization.projects.findIndex(
        ({ definition }) => definition.slug === slug,
      );
      if (index < 0) continue;
      const before = organization.projects[index];
      const changes = [...(this.#changes.get(before) ?? []), change];
      const after = new ProjectModel(
        organization.definition,
        before.definition,
        this.startMs,
        changes,
      );
      this.#changes.delete(before);
      this.#changes.set(after, changes);
      organization.projects[index] = after;
      return;
    }
  }

  #findIssue(idOrShortId: string): IssueModel {
    for (const { projects } of this.organizations) {
      for (const { issues } of projects) {
        const found = issues.find(
          ({ definition }) =>
            definition.id === idOrShortId || definition.shortId === idOrShortId,
        );
        if (found) return found;
      }
    }
    throw new Error(`The world has no issue '${idOrShortId}'`);
  }
}

// What comes over HTTP may be anything.
function readProjectChange(
  change: Exclude<SentryScenarioChange, { issue: string }>,
  at: Date,
): ProjectChange {
  const atMs = at.getTime();
  if ('state' in change) {
    if (!STATES.includes(change.state)) {
      throw new Error(`A project's state is one of ${STATES.join(', ')}`);
    }
    return { atMs, state: change.state };
  }
  const { events = 3 } = change;
  if (!Number.isInteger(events) || events < 1) {
    throw new Error('The number of events is a whole number from 1');
  }
  return { atMs, events };
}

function defaultSubstatus(status: 'unresolved' | 'resolved' | 'ignored') {
  if (status === 'unresolved') return 'ongoing';
  return status === 'ignored' ? 'archived_until_escalating' : null;
}
