import { request } from 'node:https';
import { crc32 } from 'node:zlib';

export const BUCKET = 'terraform-state';
export const STATE = 'services.tfstate';
export const TRUE_STATE = '{"version":4,"serial":7,"lineage":"true","resources":[]}';
export const FORGED = '{"version":4,"serial":8,"lineage":"forged","resources":[]}';
const BOGUS = '0'.repeat(64);

/** A request that nobody signed: headers, query and body by the name of the key it pretends to have. */
export type Forgery = (key: string, now: string) => { readonly headers: Record<string, string>; readonly query?: string; readonly body: string; readonly method?: string };

const scope = (key: string, now: string) => `${key}/${now.slice(0, 8)}/us-east-1/s3/aws4_request`;
const inQuery = (key: string, now: string) => `X-Amz-Credential=${encodeURIComponent(scope(key, now))}`;
const authorization = (key: string, now: string) => `AWS4-HMAC-SHA256 Credential=${scope(key, now)}, SignedHeaders=host;x-amz-content-sha256;x-amz-date, Signature=${BOGUS}`;
const presigned = (key: string, now: string, signature = BOGUS) =>
  `X-Amz-Algorithm=AWS4-HMAC-SHA256&${inQuery(key, now)}&X-Amz-Date=${now}&X-Amz-Expires=900&X-Amz-SignedHeaders=host&X-Amz-Signature=${signature}`;

/** An unsigned trailer as the AWS tools send it, with the forged state. */
export function trailer(now: string, more: Record<string, string> = {}) {
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(FORGED));
  const body = `${FORGED.length.toString(16)}\r\n${FORGED}\r\n0\r\nx-amz-checksum-crc32:${sum.toString('base64')}\r\n\r\n`;
  const headers = {
    'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
    'x-amz-date': now,
    'content-encoding': 'aws-chunked',
    'x-amz-trailer': 'x-amz-checksum-crc32',
    'x-amz-decoded-content-length': String(FORGED.length),
    ...more,
  };
  return { headers, body };
}

/** Every kind, by what it is. */
export const FORGERIES: Readonly<Record<string, Forgery>> = {
  'an unsigned trailer, the key named in the query': (key, now) => ({ ...trailer(now), query: inQuery(key, now) }),
  'an unsigned trailer with a signature out of thin air': (key, now) => trailer(now, { authorization: authorization(key, now) }),
  'both of these': (key, now) => ({ ...trailer(now, { authorization: authorization(key, now) }), query: inQuery(key, now) }),
  'an unsigned trailer, the key in the query, an empty authorization': (key, now) => ({ ...trailer(now, { authorization: '' }), query: inQuery(key, now) }),
  'an unsigned trailer, the key in the query, another scheme': (key, now) => ({ ...trailer(now, { authorization: 'Bearer x' }), query: inQuery(key, now) }),
  'an unsigned trailer in a presigned address': (key, now) => ({ ...trailer(now), query: presigned(key, now) }),
  'an unsigned trailer for a part of an upload': (key, now) => ({ ...trailer(now), query: `${inQuery(key, now)}&partNumber=1&uploadId=1` }),
  'an archive to be unpacked, with an unsigned trailer': (key, now) => trailer(now, { authorization: authorization(key, now), 'x-amz-meta-snowball-auto-extract': 'true' }),
  'an unsigned trailer announced in the query': (key, now) => ({ ...trailer(now, { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' }), query: `${inQuery(key, now)}&X-Amz-Content-Sha256=STREAMING-UNSIGNED-PAYLOAD-TRAILER` }),
  'an unsigned trailer without any name': (_key, now) => trailer(now),
  'an unsigned body without any name': (_key, now) => ({ headers: { 'x-amz-date': now, 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' }, body: FORGED }),
  'nothing at all': () => ({ headers: {}, body: FORGED }),
  'a presigned address with a wrong signature': (key, now) => ({ headers: {}, query: presigned(key, now), body: FORGED }),
  'a presigned address with an empty signature': (key, now) => ({ headers: {}, query: presigned(key, now, ''), body: FORGED }),
  'a signature of the old kind, wrong': (key) => ({ headers: { authorization: `AWS ${key}:AAAAAAAAAAAAAAAAAAAAAAAAAAA=` }, body: FORGED }),
  'a signed stream with a wrong signature': (key, now) => trailer(now, { authorization: authorization(key, now), 'x-amz-content-sha256': 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER' }),
  'a deletion without a signature': (key, now) => ({ method: 'DELETE', headers: { 'x-amz-date': now, 'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER' }, query: inQuery(key, now), body: '' }),
  'a copy onto it without a signature': (key, now) => ({ ...trailer(now, { 'x-amz-copy-source': `/${BUCKET}/other` }), query: inQuery(key, now) }),
};

/** Sends a forgery at the true state. @param key name that it carries @param authorityPem of the server's certificate */
export function forge(endpoint: string, authorityPem: string, forgery: Forgery, key: string): Promise<{ readonly status: number; readonly text: string }> {
  const now = new Date().toISOString().replace(/[-:]|\.\d+/g, '');
  const { headers, query, body, method = 'PUT' } = forgery(key, now);
  return new Promise((resolve, reject) => {
    const options = { method, ca: authorityPem, agent: false, headers: { ...headers, 'content-length': Buffer.byteLength(body) } };
    const sent = request(`${endpoint}/${BUCKET}/${STATE}${query ? `?${query}` : ''}`, options, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk)).on('end', () => resolve({ status: response.statusCode!, text }));
    });
    sent.on('error', reject).end(body);
  });
}
