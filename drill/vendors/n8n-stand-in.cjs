#!/usr/bin/env node
// Stand-in for n8n, not the real program: reads the real environment, keeps owner and workflows in the real PostgreSQL and the key on its volume.
const { execFileSync } = require('node:child_process');
const { createHmac } = require('node:crypto');
const { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } = require('node:fs');
const { createServer } = require('node:http');
const { join } = require('node:path');
const bcrypt = require('bcryptjs');

const env = process.env;

function refuse(message) {
  console.error(message);
  process.exit(1);
}

/** The key that the volume was made with; another one would leave every stored credential unreadable. */
function requireKey() {
  const folder = join(env.N8N_USER_FOLDER, '.n8n');
  const file = join(folder, 'config');
  mkdirSync(folder, { recursive: true });
  if (!existsSync(file)) writeFileSync(file, JSON.stringify({ encryptionKey: env.N8N_ENCRYPTION_KEY }));
  if (JSON.parse(readFileSync(file, 'utf8')).encryptionKey !== env.N8N_ENCRYPTION_KEY) {
    refuse(`Error: Mismatching encryption keys. The encryption key in the settings file ${file} does not match the N8N_ENCRYPTION_KEY env var. Please make sure both keys match.`);
  }
  if (env.N8N_ENFORCE_SETTINGS_FILE_PERMISSIONS === 'true') chmodSync(file, 0o600);
}

/** Rows of a statement, each an array of its values; `$1` and so on are the values, quoted by psql. */
function query(text, ...values) {
  const sets = values.flatMap((value, at) => ['-v', `v${at + 1}=${value}`]);
  const login = { PGHOST: env.DB_POSTGRESDB_HOST, PGPORT: env.DB_POSTGRESDB_PORT, PGDATABASE: env.DB_POSTGRESDB_DATABASE, PGUSER: env.DB_POSTGRESDB_USER, PGPASSWORD: env.DB_POSTGRESDB_PASSWORD };
  const input = text.replace(/\$(\d)/g, ":'v$1'");
  return execFileSync('psql', ['-XAtq', '-F', '\t', '-v', 'ON_ERROR_STOP=1', ...sets], { input, env: { ...env, ...login }, encoding: 'utf8' }).split('\n').filter(Boolean).map((line) => line.split('\t'));
}

function start() {
  if (env.DB_TYPE !== 'postgresdb') refuse(`stand-in for n8n: DB_TYPE is postgresdb in this house, got '${env.DB_TYPE}'`);
  if (Number(process.versions.node.split('.')[0]) < 22) refuse(`Your Node.js version ${process.versions.node} is currently not supported by n8n.`);
  requireKey();
  query('create table if not exists owner (email text, hash text); create table if not exists workflow (name text)');
  if (env.N8N_INSTANCE_OWNER_MANAGED_BY_ENV === 'true') {
    query('delete from owner; insert into owner values ($1, $2)', env.N8N_INSTANCE_OWNER_EMAIL, env.N8N_INSTANCE_OWNER_PASSWORD_HASH);
  }
}

const sign = (email) => `${email}.${createHmac('sha256', env.N8N_ENCRYPTION_KEY).update(email).digest('hex')}`;

/** Mail address of whoever sent the request, by its cookie. */
function visitor(request) {
  const [, token] = /n8n-auth=([^;]+)/.exec(request.headers.cookie ?? '') ?? [];
  const email = token && decodeURIComponent(token).slice(0, -65);
  return email && sign(email) === decodeURIComponent(token) ? email : undefined;
}

function login({ emailOrLdapLoginId: email, password }) {
  const [row] = query('select hash from owner where email = $1', email ?? '');
  if (!row || !bcrypt.compareSync(password, row[0])) return { status: 401, body: { message: 'Wrong username or password. Do you have caps lock on?' } };
  const secure = env.N8N_SECURE_COOKIE === 'false' ? '' : '; Secure';
  return { status: 200, body: { data: { email } }, cookie: `n8n-auth=${encodeURIComponent(sign(email))}; Max-Age=604800; Path=/; HttpOnly; SameSite=Lax${secure}` };
}

function ready() {
  try {
    query('select 1');
    return { status: 200, body: { status: 'ok' } };
  } catch {
    return { status: 503, body: { status: 'error' } };
  }
}

function answer(request, sent) {
  const route = `${request.method} ${request.url}`;
  if (route === 'GET /healthz') return { status: 200, body: { status: 'ok' } };
  if (route === 'GET /healthz/readiness') return ready();
  if (route === 'GET /metrics' && env.N8N_METRICS === 'true') return { status: 200, body: {} };
  if (route === 'POST /rest/login') return login(JSON.parse(sent));
  const email = visitor(request);
  if (!email) return { status: 401, body: { status: 'error', message: 'Unauthorized' } };
  if (route === 'GET /rest/login') return { status: 200, body: { data: { email } } };
  if (route === 'GET /rest/workflows') return { status: 200, body: { data: query('select name from workflow').map(([name]) => ({ name })) } };
  if (route !== 'POST /rest/workflows') return { status: 404, body: {} };
  query('insert into workflow values ($1)', JSON.parse(sent).name);
  return { status: 200, body: {} };
}

if (process.argv[2] !== 'start') refuse(`stand-in for n8n: knows 'start' alone, got '${process.argv[2]}'`);
start();
createServer((request, response) => {
  let sent = '';
  request.on('data', (chunk) => (sent += chunk)).on('end', () => {
    const { status, body, cookie } = answer(request, sent);
    response.writeHead(status, { 'Content-Type': 'application/json', ...(cookie ? { 'Set-Cookie': cookie } : {}) }).end(JSON.stringify(body));
  });
}).listen(Number(env.N8N_PORT), env.N8N_LISTEN_ADDRESS);
