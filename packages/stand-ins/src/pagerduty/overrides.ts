import { notFound } from './endpoints';
import { EndpointRegistry, PagerDutyError } from './http';
import type { Override, PagerDutyModel } from './PagerDutyModel';
import { userReference } from './views';

interface AskedOverride {
  start?: unknown;
  end?: unknown;
  user?: { id?: unknown };
}

/** Overrides of schedules that are made of layers: each is taken or refused by itself. */
export function registerOverrides(
  endpoints: EndpointRegistry,
  model: PagerDutyModel,
): void {
  const path = '/schedules/:id/overrides';
  endpoints.add('get', path, ({ request, query, response }) => {
    const id = layersOf(model, request.params.id);
    const since = Date.parse(query.get('since') ?? '');
    const until = Date.parse(query.get('until') ?? '');
    if (Number.isNaN(since) || Number.isNaN(until)) {
      throw new PagerDutyError(400, 2004, 'Invalid since or until');
    }
    // A 201 for a question, as the vendor's document has it.
    response.status(201).json({
      overrides: model.overrides
        .filter(
          ({ schedule, startMs, endMs }) =>
            schedule === id && startMs < until && endMs > since,
        )
        .map(override => overrideView(override, model)),
    });
  });

  endpoints.add('post', path, ({ request, response, mayWrite, nowMs }) => {
    if (!mayWrite) throw new PagerDutyError(403, 2010, 'Access denied');
    const schedule = layersOf(model, request.params.id);
    const asked: unknown = Object(request.body).overrides;
    if (!Array.isArray(asked) || asked.length === 0) {
      throw new PagerDutyError(400, 2001, 'Invalid Input Provided', [
        'Overrides must be a list',
      ]);
    }
    response.status(201).json(
      (asked as AskedOverride[]).map(({ start, end, user }) => {
        const startMs = Date.parse(String(start));
        const endMs = Date.parse(String(end));
        const errors = refusalsOf(model, {
          startMs,
          endMs,
          user: String(user?.id),
          nowMs,
        });
        if (errors.length > 0) {
          return { status: 400, errors, override: { start, end, user } };
        }
        const added = model.addOverride({
          schedule,
          user: String(user?.id),
          startMs,
          endMs,
        });
        return { status: 201, override: overrideView(added, model) };
      }),
    );
  });

  endpoints.add('delete', `${path}/:override`, context => {
    const { request, response, mayWrite } = context;
    if (!mayWrite) throw new PagerDutyError(403, 2010, 'Access denied');
    const { id, override } = request.params;
    if (!model.removeOverride(id, override)) throw notFound();
    response.status(204).end();
  });
}

function layersOf(model: PagerDutyModel, id: string): string {
  const schedule = model.schedule(id);
  if (schedule?.family !== 'layers') throw notFound();
  return schedule.id;
}

function refusalsOf(
  model: PagerDutyModel,
  override: { startMs: number; endMs: number; user: string; nowMs: number },
): string[] {
  const { startMs, endMs, user, nowMs } = override;
  return [
    ...(endMs > startMs ? [] : ['Override must end after its start']),
    ...(endMs > nowMs ? [] : ['Override must end in the future']),
    ...(model.world.users.some(({ id }) => id === user)
      ? []
      : ['User does not exist']),
  ];
}

function overrideView(override: Override, model: PagerDutyModel) {
  const { id, startMs, endMs, user } = override;
  return {
    id,
    start: toText(startMs),
    end: toText(endMs),
    user: userReference(model.user(user)),
  };
}

function toText(instantMs: number): string {
  return new Date(instantMs).toISOString().replace('.000Z', 'Z');
}
