import { createHash } from 'node:crypto';
import type { ObjectValue } from '../../protocol/value';
import { textOf } from '../block-access';
import type { ResourceModel } from '../resource-model';

/** local_file, kept in memory: a rehearsal writes nothing beside the user's own files. */
export const localFile: ResourceModel = {
  modelled: 'create, replacement on any change, re-creation of a lost or changed file, delete; files stay in memory',
  notModelled: 'source, permissions',

  validate: (config) => (config.source ? ['the rehearsal does not model "source" of local_file'] : []),

  create(planned, { world }) {
    const content = contentOf(planned);
    world.files.set(textOf(planned, 'filename'), content);
    return { ...planned, ...digests(content) };
  },

  read(state, { world }) {
    const content = world.files.get(textOf(state, 'filename'));
    return content !== undefined && digests(content).content_sha1 === state.content_sha1 ? state : null;
  },

  update: (_prior, planned) => planned,

  remove(state, { world }) {
    world.files.delete(textOf(state, 'filename'));
  },
};

function contentOf(planned: ObjectValue): string {
  const encoded = textOf(planned, 'content_base64');
  if (encoded !== '') return Buffer.from(encoded, 'base64').toString('utf8');
  return textOf(planned, 'sensitive_content') || textOf(planned, 'content');
}

function digests(content: string): ObjectValue {
  const digest = (algorithm: string, encoding: 'hex' | 'base64'): string =>
    createHash(algorithm).update(content).digest(encoding);
  return {
    id: digest('sha1', 'hex'),
    content_md5: digest('md5', 'hex'),
    content_sha1: digest('sha1', 'hex'),
    content_sha256: digest('sha256', 'hex'),
    content_sha512: digest('sha512', 'hex'),
    content_base64sha256: digest('sha256', 'base64'),
    content_base64sha512: digest('sha512', 'base64'),
  };
}
