/** How many resources Terraform makes at the same time, rehearsed and on the real host: PVE's locks stand no more. */
export const PARALLELISM = 3;
