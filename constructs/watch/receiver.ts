import { askedSecret } from '../core/secret';
import type { Setting } from '../core/setting';
import type { AlertsProps } from './alerts-props';

/** The receiver as the role prometheus wants it; `none` leaves the alerts where people look for them. */
export function receiverOf(alerts: AlertsProps | undefined, domain: string): Setting {
  if (alerts === undefined) return { kind: 'none' };
  if (alerts.kind === 'mail') return { kind: 'mail', to: alerts.to, sender: alerts.from ?? `homelab@${domain}`, server: alerts.server };
  const hint = alerts.kind === 'ntfy' ? 'the address of your topic, e.g. https://ntfy.sh/ and a name that nobody guesses' : 'the address of the program that takes the alerts';
  return { kind: alerts.kind, url: askedSecret('alerts_url', hint) };
}
