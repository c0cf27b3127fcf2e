import { addMember, createPool, deletePool, findPool, removeMember } from '../../node/pool';
import type { PveNode, ResourcePool } from '../../node/pve-node';
import type { ObjectValue } from '../../protocol/value';
import { textOf } from '../block-access';
import type { ResourceModel } from '../resource-model';
import { ifThere } from './guest-id';

/** proxmox_virtual_environment_pool. */
export const pool: ResourceModel = {
  modelled: 'create, read, update, delete, import; refusal to delete a pool that has members',
  notModelled: 'nested pools',

  create(planned, session) {
    const poolid = textOf(planned, 'pool_id');
    createPool(session.node, session.caller(), poolid, textOf(planned, 'comment'));
    return poolState(session.node, findPool(session.node, poolid), planned);
  },

  read: (state, { node }) => ifThere(() => poolState(node, findPool(node, textOf(state, 'pool_id')), state)),

  update(_prior, planned, { node }) {
    const found = findPool(node, textOf(planned, 'pool_id'));
    found.comment = textOf(planned, 'comment');
    return poolState(node, found, planned);
  },

  remove: (state, session) => deletePool(session.node, session.caller(), textOf(state, 'pool_id')),

  importState: (id) => ({ id, pool_id: id }),
};

const poolState = (node: PveNode, found: ResourcePool, state: ObjectValue): ObjectValue => ({
  ...state,
  id: found.poolid,
  comment: found.comment === '' ? (state.comment ?? null) : found.comment,
  members: found.members.map((member) => ({
    id: typeof member === 'number' ? `lxc/${member}` : `storage/${node.name}/${member}`,
    node_name: node.name,
    type: typeof member === 'number' ? 'lxc' : 'storage',
    vm_id: typeof member === 'number' ? member : 0,
    datastore_id: typeof member === 'number' ? '' : member,
  })),
});

/** proxmox_pool_membership. */
export const poolMembership: ResourceModel = {
  modelled: 'create, read, delete for a guest or a storage',
  notModelled: 'moving a member that another pool holds',

  validate: (config) =>
    (config.vm_id === null) === (config.storage_id === null)
      ? ['exactly one of vm_id and storage_id must be set']
      : [],

  create(planned, session) {
    const [poolid, member] = membership(planned);
    addMember(session.node, session.caller(), poolid, member);
    const type = typeof member === 'number' ? 'vm' : 'storage';
    return { ...planned, id: `${poolid}/${type}/${member}`, type };
  },

  read(state, { node }) {
    const [poolid, member] = membership(state);
    return node.pools.some((found) => found.poolid === poolid && found.members.includes(member)) ? state : null;
  },

  update: (_prior, planned) => planned,

  remove(state, session) {
    const [poolid, member] = membership(state);
    ifThere(() => removeMember(session.node, session.caller(), poolid, member));
  },
};

const membership = (state: ObjectValue): [poolid: string, member: number | string] => [
  textOf(state, 'pool_id'),
  (state.vm_id as number | null) ?? textOf(state, 'storage_id'),
];
