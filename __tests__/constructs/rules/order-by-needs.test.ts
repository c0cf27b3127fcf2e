import type { ServiceProps } from '../../../constructs';
import { orderByNeeds } from '../../../constructs/rules/dependencies';
import { serviceOf } from '../../helpers/alter';

const service = (name: string, ...needs: string[]): ServiceProps => ({ ...serviceOf('valkey'), name, needs });
const names = (services: readonly ServiceProps[]): string[] => services.map(({ name }) => name);

test('everything comes after what it needs, ties by name', () => {
  const { ordered, cycle } = orderByNeeds([service('web', 'database', 'cache'), service('database'), service('cache', 'database'), service('alone')]);
  expect(names(ordered)).toEqual(['alone', 'database', 'cache', 'web']);
  expect(cycle).toEqual([]);
});

test('the level is the longest chain below', () => {
  const { level } = orderByNeeds([service('a'), service('b', 'a'), service('c', 'a', 'b'), service('d', 'a')]);
  expect(Object.fromEntries(level)).toEqual({ a: 0, b: 1, c: 2, d: 1 });
});

test('the order of declaration does not matter', () => {
  const services = [service('c', 'b'), service('a'), service('b', 'a'), service('d', 'a')];
  expect(names(orderByNeeds([...services].reverse()).ordered)).toEqual(names(orderByNeeds(services).ordered));
});

test('a circle is told in its order, without those that merely lead into it', () => {
  const { cycle } = orderByNeeds([service('a', 'x'), service('x', 'y'), service('y', 'z'), service('z', 'x')]);
  expect(cycle).toEqual(['x', 'y', 'z']);
});

test('a chain of 10,000 is ordered at once', () => {
  const chain = Array.from({ length: 10_000 }, (_, index) => service(`s${index}`, ...(index === 0 ? [] : [`s${index - 1}`])));
  const started = performance.now();
  expect(orderByNeeds(chain).level.get('s9999')).toBe(9_999);
  expect(performance.now() - started).toBeLessThan(2_000);
});
