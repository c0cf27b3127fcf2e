import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { loadStandIns } from '../../rehearsal/provider/serve';
import type { AttributeFacts, BlockFacts } from '../../rehearsal/facts/provider-facts';
import { withModelTable } from '../../rehearsal/model-table';
import { readScenario } from '../../rehearsal/scenarios/load-scenario';

const document = readFileSync(resolve(__dirname, '../../docs/rehearsal.md'), 'utf8');

test('the table of what is modelled is the one the models make', () => {
  expect(document).toBe(withModelTable(document));
});

test('the example of a scenario can be used', () => {
  const [, example] = /```yaml\n([\s\S]*?)```/.exec(document) ?? [];
  expect(readScenario(example, 'the example').journey).toHaveLength(4);
});

test('everything the facts leave to a model is in one', () => {
  const open: string[] = [];
  for (const { facts, models } of loadStandIns()) {
    for (const [type, resource] of Object.entries(facts.resources)) {
      const { suppress = {}, respell = {} } = models[type].rules ?? {};
      walk(resource, '', (path, spec) => {
        if (spec.suppress && !suppress[path]) open.push(`${type}.${path}: suppress`);
        if (spec.respelled && !respell[path]) open.push(`${type}.${path}: respell`);
        if (spec.custom && !models[type].replaceAlso) open.push(`${type}.${path}: replaceAlso`);
      });
    }
  }
  expect(open).toEqual([]);
});

type Spec = Pick<AttributeFacts, 'suppress' | 'respelled' | 'custom'>;

function walk(block: BlockFacts, prefix: string, visit: (path: string, spec: Spec) => void): void {
  for (const [name, spec] of Object.entries(block.attributes)) visit(prefix + name, spec);
  for (const [name, spec] of Object.entries(block.blocks)) {
    visit(prefix + name, spec);
    walk(spec, `${prefix}${name}.`, visit);
  }
}

test('a document without the marks of the table is refused', () => {
  expect(() => withModelTable('text')).toThrow('needs the lines');
});
