import type { Storage } from '../../node/pve-node';
import { changeStorage, defineStorage, forgetStorage } from '../../node/storage';
import type { ObjectValue, Value } from '../../protocol/value';
import { flagOf, textOf, textsOf } from '../block-access';
import type { ResourceModel } from '../resource-model';

/** What sets one storage type apart. */
interface StorageKind {
  readonly type: Storage['type'];
  /** The attribute that tells where the bytes go. */
  readonly location: string;
  /** Content types PVE assumes when none are given. */
  readonly content: readonly string[];
  readonly shared: boolean;
}

/** Attributes every storage resource has. */
const COMMON = ['id', 'content', 'nodes', 'disable', 'shared'];

const storageOf = (kind: StorageKind, planned: ObjectValue): Storage => {
  const content = textsOf(planned, 'content');
  const own = [...COMMON, kind.location];
  return {
    id: textOf(planned, 'id'),
    type: kind.type,
    location: textOf(planned, kind.location),
    content: content.length > 0 ? content : [...kind.content],
    nodes: textsOf(planned, 'nodes'),
    disable: flagOf(planned, 'disable'),
    shared: flagOf(planned, 'shared', kind.shared),
    settings: Object.fromEntries(Object.entries(planned).filter(([name]) => !own.includes(name))),
  };
};

const stateOf = (kind: StorageKind, storage: Storage, state: ObjectValue): ObjectValue => ({
  ...state,
  id: storage.id,
  [kind.location]: storage.location,
  content: [...storage.content].sort(),
  nodes: [...storage.nodes].sort(),
  disable: storage.disable,
  shared: storage.shared,
  ...(storage.settings as { [key: string]: Value; }),
});

const storageModel = (kind: StorageKind): ResourceModel => ({
  modelled: 'create, read, update, delete of the definition; refusal of an unknown pool or folder',
  notModelled: 'what the settings do to volumes made later; delete leaves the bytes, as in PVE',

  create(planned, session) {
    const storage = storageOf(kind, planned);
    defineStorage(session.node, session.caller(), storage);
    return stateOf(kind, storage, planned);
  },

  read(state, { node }) {
    const storage = node.storages.find((candidate) => candidate.id === state.id);
    return storage ? stateOf(kind, storage, state) : null;
  },

  update(_prior, planned, session) {
    const storage = storageOf(kind, planned);
    changeStorage(session.node, session.caller(), storage);
    return stateOf(kind, storage, planned);
  },

  remove: (state, session) => forgetStorage(session.node, session.caller(), textOf(state, 'id')),

  importState: (id) => ({ id }),
});

/** proxmox_storage_zfspool. */
export const storageZfspool = storageModel({
  type: 'zfspool',
  location: 'zfs_pool',
  content: ['images', 'rootdir'],
  shared: false,
});

/** proxmox_storage_directory. */
export const storageDirectory = storageModel({
  type: 'dir',
  location: 'path',
  content: ['images', 'rootdir', 'vztmpl', 'iso', 'backup', 'snippets'],
  shared: true,
});
