import type { LabSummary } from '../core/summary';
import type { Artefact } from './artefact';
import { renderCatalogue } from './catalogue';
import { renderArchitecture } from './pictures/architecture';
import { renderCapacity } from './pictures/capacity';

/** The catalogue and the pictures, as files below `docs/`. */
export function renderDocs(lab: LabSummary): Artefact[] {
  return [
    { path: 'docs/catalogue.md', content: renderCatalogue(lab) },
    { path: 'docs/architecture.svg', content: renderArchitecture(lab) },
    { path: 'docs/capacity.svg', content: renderCapacity(lab) },
  ];
}
