import type { Problem } from '../core/problem';
import { isSecret } from '../core/secret';
import type { LabFacts, Setting } from '../core/setting';
import type { HomelabProps } from '../homelab-props';
import { factsToCheck, settingsOf } from './settings';

const tellingName = /[._](password|passwd|passphrase|secret|token|credential|private_key|encryption_key|secret_key|api_key)s?$/;
const tellingValue: readonly RegExp[] = [
  /AGE-SECRET-KEY-1/,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
  /\S+@\S+!\S+=[0-9a-f]{8}-[0-9a-f]{4}-/,
  /\bAKIA[0-9A-Z]{16}\b/,
  /\b(ghp|gho|ghs)_[A-Za-z0-9]{36}\b/,
];

/** No secret stands in the definition in clear: neither under a telling name nor in a telling form. */
export function checkClearText(lab: HomelabProps, declared: ReadonlySet<string>): Problem[] {
  const facts = factsToCheck(lab, declared);
  return settingsOf(lab).flatMap(({ path, at, settings }) =>
    findings(at, settings, facts).map((where) => ({
      path,
      rule: 'a secret is never written in the definition',
      got: `a plain value at ${where}`,
      remedy: "name it with randomSecret('…') or askedSecret('…'), and make it anew: git does not forget",
    })),
  );
}

/** Places inside a setting that hold a secret in clear; the value itself is never repeated. */
function findings(where: string, setting: Setting, facts: LabFacts | undefined): string[] {
  if (isSecret(setting)) return [];
  if (typeof setting === 'function') return facts ? findings(where, read(setting, facts), facts) : [];
  if (typeof setting === 'string' || typeof setting === 'number') {
    const named = tellingName.test(where.replace(/\[\d+\]$/, ''));
    return named || tellingValue.some((form) => form.test(String(setting))) ? [where] : [];
  }
  if (Array.isArray(setting)) return setting.flatMap((item, index) => findings(`${where}[${index}]`, item, facts));
  if (typeof setting !== 'object' || setting === null) return [];
  return Object.entries(setting).flatMap(([key, value]) => findings(`${where}.${key}`, value, facts));
}

/** What a setting reads from the house; nothing when it cannot, which another rule reports. */
function read(setting: (lab: LabFacts) => Setting, facts: LabFacts): Setting {
  try {
    return setting(facts);
  } catch {
    return '';
  }
}
