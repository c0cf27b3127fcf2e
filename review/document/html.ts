import type { Verdict } from '../finding';
import { capacityTable, findingList, hostList, plainLists, rawPlans, rowTable } from './html-parts';
import { escapeHtml, rowId } from './html-text';
import type { Card } from './house-version';
import type { Review } from './review';
import type { Action, Row } from './rows';

/** A review as one page that needs nothing else: no script, no network, light and dark, on any width. */
export function reviewHtml(review: Review): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<title>${escapeHtml(VERDICTS[review.verdict])}: review against ${escapeHtml(review.base)}</title>
<style>${STYLE}</style>
</head>
<body class="${review.verdict.replaceAll(' ', '-')}">
<header><h1>${VERDICTS[review.verdict]}</h1>
<p>Compared with ${escapeHtml(review.base)}, ${review.kind === 'rehearsed' ? 'planned on a rehearsal of it' : 'planned against the real state'}. Plan <code>${review.digest}</code>.</p></header>
<main>
${findingList(review)}
${pictures(review)}
${rowTable(review)}
${capacityTable(review)}
${plainLists(review)}
${hostList(review)}
${rawPlans(review)}
</main>
</body>
</html>
`;
}

const VERDICTS: Readonly<Record<Verdict, string>> = { safe: 'Safe', 'needs care': 'Needs care', 'loses data': 'Loses data' };

/** The picture after the change; the one before it too, when it shows what is gone. */
function pictures({ pictures: { before, after }, rows }: Review): string {
  const gone = rows.filter(({ action }) => action === 'removed');
  const now = rows.filter(({ action }) => action !== 'removed');
  return [after.svg === '' ? '' : picture('After', after.svg, after.cards, now), gone.length === 0 || before.svg === '' ? '' : picture('Before', before.svg, before.cards, gone)].join('\n');
}

function picture(title: string, svg: string, cards: readonly Card[], rows: readonly Row[]): string {
  const [, width, height] = /width="(\d+)" height="(\d+)"/.exec(svg) ?? ['', '1200', '800'];
  const links = cards.flatMap((card) => {
    const row = rows.find(({ name }) => name === card.name);
    return row ? [link(card, row)] : [];
  });
  const image = `<image href="data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}" width="${width}" height="${height}"/>`;
  return `<figure><figcaption>${title}</figcaption><svg viewBox="0 0 ${width} ${height}" role="group" aria-label="${title}">${image}${links.join('')}</svg></figure>`;
}

const link = ({ x, y, width, height }: Card, { name, action }: Row): string =>
  `<a href="#${rowId(name)}" aria-label="${escapeHtml(name)}: ${action}"><rect class="${KINDS[action]}" x="${x - 3}" y="${y - 3}" width="${width + 6}" height="${height + 6}" rx="9"/></a>`;

const KINDS: Readonly<Record<Action, string>> = { made: 'made', changed: 'changed', configured: 'changed', rebuilt: 'lost', removed: 'lost', 'left to itself': 'lost' };

const STYLE = `
:root{color-scheme:light dark;--page:#fff;--ink:#1b2430;--muted:#4a5662;--line:#c9d1d9;--soft:#f2f5f8;--link:#0a58a8}
@media(prefers-color-scheme:dark){:root{--page:#11161c;--ink:#e8edf2;--muted:#b3bec9;--line:#3a4652;--soft:#1b232c;--link:#8cc4ff}}
*{box-sizing:border-box}body{margin:0;background:var(--page);color:var(--ink);font:16px/1.5 system-ui,sans-serif}
header,main{max-width:1240px;margin:auto;padding:1rem}header{border-top:.6rem solid #1a7f37}
.needs-care header{border-color:#bf8700}.loses-data header{border-color:#b3261e}
h1{margin:.2rem 0}h2{font-size:1.15rem;margin:1.6rem 0 .4rem}p{margin:.3rem 0}a{color:var(--link)}
.wide{overflow-x:auto}table{border-collapse:collapse;width:100%}th,td{border:1px solid var(--line);padding:.35rem .6rem;text-align:left;vertical-align:top}
th{background:var(--soft)}tr:target td{outline:2px solid var(--link)}
figure{margin:1rem 0}figcaption{color:var(--muted)}figure svg{width:100%;height:auto;display:block}
rect{fill-opacity:.12;stroke-width:5}.made{fill:#1a7f37;stroke:#1a7f37}.changed{fill:#bf8700;stroke:#bf8700}.lost{fill:#b3261e;stroke:#b3261e}
a:focus-visible rect{stroke-width:9}a:focus-visible,summary:focus-visible,.wide:focus-visible{outline:3px solid var(--link)}
pre{overflow-x:auto;background:var(--soft);padding:.8rem;font-size:.85rem}li{overflow-wrap:anywhere}
@media(max-width:640px){thead{display:none}.rows,.rows tbody,.rows tr,.rows td{display:block}.rows tr{margin-bottom:.8rem}.rows td:empty{display:none}.rows td::before{content:attr(data-name);display:block;color:var(--muted);font-size:.8rem}}
`;
