import type { EndpointContext, EndpointRegistry } from '../http';
import { firstTimeOf } from '../model/events';
import type { ProjectModel } from '../model/ProjectModel';
import type { SentryOrganizationDefinition } from '../world/types';
import { sendPage } from '../query/paging';
import { formatInstant, readOrganization } from '../query/parameters';
import { matchesText } from '../query/searchQuery';
import { SentryHttpError } from '../errors';

const ORGANIZATION_SCOPES = ['org:read', 'org:write', 'org:admin'];

export function registerOrganizations(endpoints: EndpointRegistry): void {
  endpoints.get('/', [], ({ response }) => {
    response.json({ version: '0', auth: null, user: null });
  });
  endpoints.get('/organizations/', ORGANIZATION_SCOPES, context => {
    const { model, token } = context;
    const rows = model.organizations.filter(
      ({ definition }) =>
        token.organizations?.includes(definition.slug) ?? true,
    );
    sendPage(context, rows, {
      serialize: row => serializeOrganization(context, row.definition),
    });
  });
  endpoints.get(
    '/organizations/:organization/',
    ORGANIZATION_SCOPES,
    context => {
      const { definition } = readOrganization(context);
      context.response.json(serializeOrganization(context, definition));
    },
  );
  endpoints.get(
    '/organizations/:organization/projects/',
    ORGANIZATION_SCOPES,
    listProjects,
  );
  endpoints.get(
    '/projects/:organization/:project/',
    ['project:read', 'project:write', 'project:admin'],
    context => {
      const { projects } = readOrganization(context);
      const wanted = context.request.params.project;
      const project = projects.find(
        ({ definition }) =>
          definition.slug === wanted || definition.id === wanted,
      );
      if (!project) throw SentryHttpError.notFound();
      context.response.json(serializeProject(context, project));
    },
  );
  endpoints.get(
    '/organizations/:organization/environments/',
    ORGANIZATION_SCOPES,
    context => {
      const { projects } = readOrganization(context);
      const names = new Set(
        projects.flatMap(({ definition }) =>
          Object.keys(definition.environments),
        ),
      );
      const rows = [...names].sort();
      context.response.json(
        rows.map((name, index) => ({ id: String(index + 1), name })),
      );
    },
  );
}

function listProjects(context: EndpointContext): void {
  const { projects } = readOrganization(context);
  const search = (context.query.get('query') ?? '').trim();
  const rows = search
    ? projects.filter(({ definition }) => {
        const [, key, value] = /^(id|slug):(.*)$/.exec(search) ?? [];
        if (key === 'id') return value.split(/[\s,]+/).includes(definition.id);
        if (key === 'slug') return matchesText(definition.slug, value);
        return `${definition.slug} ${definition.name}`
          .toLowerCase()
          .includes(search.toLowerCase());
      })
    : projects;
  sendPage(context, rows, {
    serialize: project => serializeProject(context, project),
  });
}

function serializeOrganization(
  { model, mode, baseUrl }: EndpointContext,
  definition: SentryOrganizationDefinition,
) {
  const isOwn = mode !== 'saas';
  return {
    id: definition.id,
    slug: definition.slug,
    name: definition.name,
    status: { id: 'active', name: 'active' },
    dateCreated: formatInstant(model.startMs + definition.createdAt),
    isEarlyAdopter: false,
    require2FA: false,
    avatar: { avatarType: 'letter_avatar', avatarUuid: null },
    features: [],
    links: {
      organizationUrl: isOwn ? baseUrl : `https://${definition.slug}.sentry.io`,
      regionUrl: isOwn ? baseUrl : 'https://us.sentry.io',
    },
    hasAuthProvider: false,
    allowMemberInvite: true,
    allowMemberProjectCreation: true,
    allowSuperuserAccess: false,
  };
}

function serializeProject({ now }: EndpointContext, project: ProjectModel) {
  const { definition, organization, startMs } = project;
  const { id, slug, name, platform, environments } = definition;
  const teams = organization.teams.filter(team =>
    definition.teams.includes(team.slug),
  );
  const first = firstTimeOf(
    project.issues.flatMap(issue => issue.streams),
    now,
  );
  const released = definition.releases.filter(
    release => startMs + release.createdAt <= now,
  );
  const latest = released.sort(
    (one, other) => other.createdAt - one.createdAt,
  )[0];
  const hasVitals = definition.transactions.some(({ vitals }) => vitals);

  return {
    id,
    slug,
    name,
    platform,
    dateCreated: formatInstant(startMs + definition.createdAt),
    isBookmarked: false,
    isMember: true,
    features: ['releases'],
    firstEvent: first === undefined ? null : formatInstant(first),
    firstTransactionEvent: definition.transactions.length > 0,
    access: ['project:read', 'event:read', 'org:read'],
    hasAccess: true,
    hasFeedbacks: false,
    hasFlags: false,
    hasMinifiedStackTrace: false,
    hasMonitors: false,
    hasNewFeedbacks: false,
    hasProfiles: false,
    hasReplays: false,
    hasSessions: definition.sessions !== undefined,
    hasInsightsHttp: definition.transactions.length > 0,
    hasInsightsDb: definition.transactions.some(({ spans }) => spans),
    hasInsightsAssets: hasVitals,
    hasInsightsAppStart: false,
    hasInsightsScreenLoad: false,
    hasInsightsVitals: hasVitals,
    hasInsightsCaches: false,
    hasInsightsQueues: false,
    hasInsightsAgentMonitoring: false,
    hasInsightsMCP: false,
    hasLogs: false,
    hasTraceMetrics: false,
    team: teams[0] ?? null,
    teams,
    platforms: platform ? [platform] : [],
    hasUserReports: false,
    environments: Object.keys(environments),
    latestRelease: latest ? { version: latest.version } : null,
  };
}
