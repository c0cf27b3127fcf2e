import { answerFileName, type Installation } from '../core/installation';
import { renderAnswerFile } from './answer-file';
import type { Artefact } from './artefact';
import { renderPreseed } from './preseed';

/** The answers of both installers for the host; nothing when there is no installation to answer for. */
export function renderInstallation(installation: Installation | undefined): Artefact[] {
  if (!installation) return [];
  const host = installation.fqdn.split('.')[0]!;
  const file = (kind: Installation['installer']): string => `ansible/install/${answerFileName(host, kind)}`;
  return [
    { path: file('proxmox'), content: renderAnswerFile(installation) },
    { path: file('debian'), content: renderPreseed(installation) },
  ];
}
