import { inspect } from 'node:util';
import type { Problem } from '../core/problem';
import type { HomelabProps } from '../homelab-props';
import { roleOf } from '../service/service-props';
import { pathOf } from './path';
import { isObject } from './shape/form';

const plainName = /^[a-z_][a-z0-9_]{0,62}$/;
/** The server's own. */
const taken = { name: /^(postgres|template[01])$/, owner: /^(postgres$|pg_)/ } as const;

/**
 * Names of databases and of their owners are plain words: they stand in SQL, in pg_hba.conf (where some words mean more than
 * a name) and in paths of dumps. The role asserts the same.
 */
export function checkDatabases(lab: HomelabProps): Problem[] {
  return lab.services.filter((service) => roleOf(service) === 'postgresql').flatMap((service) => {
    const databases = service.settings?.['databases'];
    if (!Array.isArray(databases)) return [];
    return databases.filter(isObject).flatMap((database, index) =>
      (['name', 'owner'] as const).filter((key) => !(typeof database[key] === 'string' && plainName.test(database[key]) && !taken[key].test(database[key]))).map((key) => ({
        path: pathOf(lab, service),
        rule: 'the name of a database and of its owner is a word of lower-case letters, digits and _, a letter first, and none of the server’s own',
        got: `settings.databases.${index}.${key}: ${inspect(database[key], { depth: 0, maxStringLength: 60 })}`,
        remedy: `write it like 'n8n'`,
      })),
    );
  });
}
