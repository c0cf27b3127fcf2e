/** Where a comment goes. */
export interface Place {
  /** Address of the API, such as `https://api.github.com` or `https://git.home.arpa/api/v1`. */
  readonly api: string;
  /** Such as `owner/name`. */
  readonly repository: string;
  readonly pullRequest: number;
  readonly token: string;
}

/** How a forge differs from the others: both list, create and edit comments of an issue by the same paths. */
export interface Forge {
  readonly name: string;
  readonly headers: (token: string) => Readonly<Record<string, string>>;
  /** Query of one page of comments. */
  readonly page: (number: number) => string;
  readonly pageSize: number;
  /** Query of one page of issues, without pull requests where the forge can leave them out. */
  readonly issuePage: (number: number) => string;
}

/** Comments or issues that one page has at most. */
export const PAGE = 50;

/** GitHub and GitHub Enterprise. */
export const github: Forge = {
  name: 'GitHub',
  headers: (token) => ({ authorization: `Bearer ${token}`, accept: 'application/vnd.github+json', 'x-github-api-version': '2022-11-28' }),
  page: (number) => `per_page=${PAGE}&page=${number}`,
  pageSize: PAGE,
  issuePage: (number) => `per_page=${PAGE}&page=${number}`,
};

/** Gitea and Forgejo: all comments of an issue come in one answer. */
export const gitea: Forge = {
  name: 'Gitea',
  headers: (token) => ({ authorization: `token ${token}`, accept: 'application/json' }),
  page: () => '',
  pageSize: Number.POSITIVE_INFINITY,
  issuePage: (number) => `type=issues&limit=${PAGE}&page=${number}`,
};
