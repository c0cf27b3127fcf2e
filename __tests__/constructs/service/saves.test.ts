import { disposable, filesAlone, keeps, type ServiceProps } from '../../../constructs';
import { homelab } from '../../../homelab';
import { serviceOf } from '../../helpers/alter';

const { data: _data, saves: _saves, ...fields } = serviceOf('miniflux');
const volume = keeps({ name: 'feeds', path: '/srv/miniflux', quotaGiB: 13 });

// The compiler is the test: `npm run build` fails when one of these lines is no error any more, or when one that must compile is.
test('a service that keeps data does not compile without the answer how it is saved', () => {
  // @ts-expect-error saves is missing
  const silent: ServiceProps = { ...fields, data: volume };
  // @ts-expect-error an answer that is no answer
  const undecided: ServiceProps = { ...fields, data: volume, saves: undefined };
  // @ts-expect-error the reason is missing
  const unreasoned: ServiceProps = { ...fields, data: volume, saves: { kind: 'files' } };
  // @ts-expect-error nothing knows how to do that
  const unknown: ServiceProps = { ...fields, data: volume, saves: { kind: 'rsync', why: 'it copies' } };
  // @ts-expect-error what is not kept cannot be saved
  const nothing: ServiceProps = { ...fields, data: disposable('a cache'), saves: filesAlone('files') };
  const answered: ServiceProps = { ...fields, data: volume, saves: filesAlone('feeds can be fetched again') };
  const keepless: ServiceProps = { ...fields, data: disposable('a cache') };
  expect([silent, undecided, unreasoned, unknown, nothing, answered, keepless]).toHaveLength(7);
});

test('every service of the house that keeps data says how, with a reason that says something', () => {
  const reasons = homelab.services.flatMap(({ saves }) => (saves?.kind === 'files' ? [saves.why] : []));
  expect(homelab.services.filter(({ data, saves }) => (data.kind === 'volumes') !== (saves !== undefined))).toEqual([]);
  expect(reasons.filter((why) => why.split(' ').length < 4)).toEqual([]);
});
