import type { ReviewSource } from '../review/document/review';

/** What is planned against what, and what the judge says of it. */
export type Planned = Pick<ReviewSource, 'kind' | 'plans' | 'findings'>;
