import { changesOf } from '../../review/change';
import { unnamedIn } from '../../review/unnamed';
import { change, CONTAINER, n8n, planOf, VM, type Values } from './plans';

const found = (names: readonly string[], before: Values, after: Values, type = CONTAINER): string[] => unnamedIn(changesOf(planOf([change(['update'], before, after, { type })]))[0]!, names);
const bigger = { ...n8n, memory: [{ dedicated: 1024, swap: 256 }] };

test('a value is found by its own path, and by that of a block around it', () => {
  expect(found([`${CONTAINER}.memory.dedicated`], n8n, bigger)).toEqual(['memory.dedicated']);
  expect(found([`${CONTAINER}.memory`, `${CONTAINER}.disk`], n8n, bigger)).toEqual(['memory']);
  expect(found([`${CONTAINER}.description`], n8n, { ...n8n, description: 'other' })).toEqual(['description']);
});

test('its neighbours are not it', () => {
  expect(found([`${CONTAINER}.memory.swap`, `${CONTAINER}.memory.ded`, `${CONTAINER}.dedicated`, `${CONTAINER}.mem`], n8n, bigger)).toEqual([]);
});

test('the same path of another type is another value', () => {
  expect(found([`${VM}.memory`], n8n, bigger)).toEqual([]);
  expect(found([`${VM}.memory`], n8n, bigger, VM)).toEqual(['memory']);
});

test('nothing that changes, or nothing that is unnamed, is nothing', () => {
  expect(found([`${CONTAINER}.memory`], n8n, n8n)).toEqual([]);
  expect(found([], n8n, bigger)).toEqual([]);
  expect(unnamedIn(changesOf(planOf([change(['update'], n8n, bigger)]))[0]!)).toEqual([]);
});
