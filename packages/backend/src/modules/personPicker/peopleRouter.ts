import { AuthService } from '@backstage/backend-plugin-api';
import {
  getCompoundEntityRef,
  stringifyEntityRef,
  UserEntity,
} from '@backstage/catalog-model';
import { NotAllowedError } from '@backstage/errors';
import { CatalogService } from '@backstage/plugin-catalog-node';
import express from 'express';
import Router from 'express-promise-router';
import { isPickerAllowed, REFUSED_MESSAGE } from './environment';

/** More people than this are not a demo, and not a list to choose from. */
const MAXIMUM_PEOPLE = 100;

/** One person whom the sign-in page offers. */
export interface Person {
  userEntityRef: string;
  displayName: string;
  role?: string;
  teams: string[];
}

/** `GET /person-picker/people`: those whom the demo can sign in as. */
export function createPeopleRouter(options: {
  auth: AuthService;
  catalog: CatalogService;
}): express.Router {
  const { auth, catalog } = options;
  const router = Router();

  router.get('/person-picker/people', async (_req, res) => {
    if (!isPickerAllowed()) {
      throw new NotAllowedError(REFUSED_MESSAGE);
    }
    const { items } = await catalog.queryEntities(
      {
        filter: { kind: 'User' },
        fields: ['kind', 'metadata', 'spec'],
        orderFields: { field: 'metadata.name', order: 'asc' },
        limit: MAXIMUM_PEOPLE,
      },
      { credentials: await auth.getOwnServiceCredentials() },
    );
    res.json({
      people: sortPeople(items.map(entity => toPerson(entity as UserEntity))),
    });
  });

  return router;
}

function toPerson(entity: UserEntity): Person {
  return {
    userEntityRef: stringifyEntityRef(getCompoundEntityRef(entity)),
    displayName:
      entity.spec.profile?.displayName ??
      entity.metadata.title ??
      entity.metadata.name,
    role: entity.metadata.description,
    teams: entity.spec.memberOf ?? [],
  };
}

/** The largest team first, whose people are the ones to be; then by name. */
function sortPeople(people: Person[]): Person[] {
  const sizes = new Map<string, number>();
  for (const team of people.flatMap(person => person.teams)) {
    sizes.set(team, (sizes.get(team) ?? 0) + 1);
  }
  const sizeOf = (person: Person) =>
    Math.max(0, ...person.teams.map(team => sizes.get(team) ?? 0));
  return people.sort(
    (left, right) =>
      sizeOf(right) - sizeOf(left) ||
      left.displayName.localeCompare(right.displayName, 'en'),
  );
}
