import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { loadStandIns } from './provider/serve';

const DOCUMENT = resolve(__dirname, '../docs/rehearsal.md');
const [BEGIN, END] = ['<!-- begin: made by rehearsal/model-table.ts -->', '<!-- end -->'];

/** The document with its table of resource types made anew from the models. */
export function withModelTable(document: string): string {
  const [before, rest] = document.split(BEGIN);
  const after = rest?.split(END)[1];
  if (after === undefined) throw new Error(`docs/rehearsal.md needs the lines ${BEGIN} and ${END}`);
  return `${before}${BEGIN}\n${modelTable()}\n${END}${after}`;
}

function modelTable(): string {
  const standIns = loadStandIns();
  const rows = standIns.flatMap(({ facts, models }) =>
    Object.entries(models).map(([type, model]) => `| \`${type}\` | ${facts.source} | ${model.modelled} | ${model.notModelled} |`),
  );
  const refused = standIns.flatMap(({ facts }) => facts.notModelled.map((type) => `\`${type}\``));
  return [
    '| resource type | provider | modelled | not modelled |',
    '| --- | --- | --- | --- |',
    ...rows,
    '',
    `Refused by name, and with them every data source: ${refused.join(', ')}.`,
  ].join('\n');
}

if (require.main === module) writeFileSync(DOCUMENT, withModelTable(readFileSync(DOCUMENT, 'utf8')));
