import type { Gauge, LabSummary } from '../core/summary';
import type { Artefact } from './artefact';
import { architectureLayout } from './pictures/architecture-layout';
import { cardAreas } from './pictures/tier-panel';
import { PAGE_WIDTH } from './pictures/theme';

/** What a review compares between two versions of a house, with where its guests are in the picture. */
export function renderSummary(lab: LabSummary): Artefact {
  const { name, host, template, guests, capacity } = lab;
  const { platform, app, pageHeight } = architectureLayout(lab);
  const cards = [platform, app].flatMap(({ view, panel }) => [...cardAreas(view, panel)].map(([guest, area]) => ({ name: guest.name, ...area })));
  const content = {
    name,
    host: { name: host.name },
    template: { vmId: template.vmId, name: template.name },
    guests: guests.map(({ vmId, name: guest, stack, address, volumes, disposable, gpu }) => ({ vmId, name: guest, stack, address, volumes, disposable, gpu })),
    capacity: { memory: promised(capacity.memory), cpu: promised(capacity.cpu), pool: promised(capacity.pool) },
    picture: { width: PAGE_WIDTH, height: pageHeight, cards },
  };
  return { path: 'review/summary.json', content: `${JSON.stringify(content, null, 1)}\n` };
}

const promised = ({ unit, parts, limit }: Gauge) => ({ unit, promised: parts.reduce((sum, { amount }) => sum + amount, 0), limit });
