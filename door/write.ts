import { join } from 'node:path';

import { replaceFile } from '../common/replace-file';
import { reference, table } from './table';

const all = table();
replaceFile(join(__dirname, 'verbs.json'), `${JSON.stringify(all, null, 2)}\n`);
replaceFile(join(__dirname, '..', 'docs', 'generated', 'commands.md'), reference(all));
