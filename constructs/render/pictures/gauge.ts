import type { Gauge } from '../../core/summary';
import { largest } from './largest';

/** Parts a reader can still tell apart in one bar. */
const MAX_PARTS = 14;

/** How the sum of a gauge stands to its two marks. */
export type GaugeState = 'within' | 'over-budget' | 'over-limit';

/** The sum of all parts, in the unit of the gauge. */
export function promised(gauge: Gauge): number {
  return gauge.parts.reduce((sum, part) => sum + part.amount, 0);
}

/** Whether the gauge is within its budget, above it, or above what exists. */
export function gaugeState(gauge: Gauge): GaugeState {
  const amount = promised(gauge);
  if (amount > gauge.limit) return 'over-limit';
  return amount > gauge.budget ? 'over-budget' : 'within';
}

/** The state as a reader is told it, e.g. `Over budget by 3.2 GiB`; empty when all is well. */
export function overshoot(gauge: Gauge): string {
  const amount = promised(gauge);
  switch (gaugeState(gauge)) {
    case 'over-limit':
      return `Over the limit by ${formatAmount(amount - gauge.limit, gauge.unit)}`;
    case 'over-budget':
      return `Over budget by ${formatAmount(amount - gauge.budget, gauge.unit)}`;
    case 'within':
      return '';
  }
}

/** One part as a reader sees it. */
export interface ReadablePart {
  /** Its place in the bar, from 1. */
  readonly place: number;
  readonly label: string;
  readonly amount: number;
}

/**
 * The parts in drawing order, each with its place from 1; beyond 14 of them the smallest are one part called `N others`.
 */
export function readableParts(gauge: Gauge): ReadablePart[] {
  if (gauge.parts.length <= MAX_PARTS) return gauge.parts.map((part, index) => ({ place: index + 1, ...part }));
  const kept = new Set(largest(gauge.parts, MAX_PARTS - 1, (a, b) => b.amount - a.amount));
  const others = gauge.parts.filter((part) => !kept.has(part));
  const rest = { label: `${others.length} others`, amount: others.reduce((sum, part) => sum + part.amount, 0) };
  return [...gauge.parts.filter((part) => kept.has(part)), rest].map((part, index) => ({ place: index + 1, ...part }));
}

/** An amount for readers: `512 MiB`, `31.3 GiB`, `18 vCPU`; at most one decimal, the same under every locale. */
export function formatAmount(amount: number, unit: Gauge['unit']): string {
  if (unit === 'MiB' && Math.abs(amount) >= 1024) return `${oneDecimal(amount / 1024)} GiB`;
  return `${oneDecimal(amount)} ${unit}`;
}

/** A share in whole percent, e.g. `79 %`; `-` when there is nothing to have a share of. */
export function formatPercent(amount: number, whole: number): string {
  return whole > 0 ? `${Math.round((amount / whole) * 100)} %` : '-';
}

function oneDecimal(value: number): string {
  return String(Math.round(value * 10) / 10);
}
