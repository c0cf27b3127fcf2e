import { randomSecret } from '../../constructs';

/** Passwords that the database and its users share. */
export const n8nDatabasePassword = randomSecret('n8n_database_password');
export const paperlessDatabasePassword = randomSecret('paperless_database_password');
export const giteaDatabasePassword = randomSecret('gitea_database_password');
