// Keeps a file for systemd with the bcrypt hash of the owner's password. The hash stays as long as it fits the password,
// because a new one differs each time. Says "changed" or "same"; password and path come from the environment.
const { existsSync, readFileSync, writeFileSync } = require('node:fs');
const bcrypt = require('bcryptjs');

const { OWNER_PASSWORD: password, OWNER_FILE: file } = process.env;
const name = 'N8N_INSTANCE_OWNER_PASSWORD_HASH=';
const line = existsSync(file) ? readFileSync(file, 'utf8').trim() : '';

if (line.startsWith(name) && bcrypt.compareSync(password, line.slice(name.length))) {
  console.log('same');
} else {
  writeFileSync(file, `${name}${bcrypt.hashSync(password, 10)}\n`, { mode: 0o600 });
  console.log('changed');
}
