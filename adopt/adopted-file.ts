import type { AdoptedGuestProps } from '../constructs';

/** A value as TypeScript of this project's style. */
function literal(value: unknown): string {
  if (typeof value === 'string') return /['\\\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(value) ? escaped(value) : `'${value}'`;
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const fields = Object.entries(value).map(([key, inner]) => `${/^[A-Za-z_]\w*$/.test(key) ? key : literal(key)}: ${literal(inner)}`);
    return `{ ${fields.join(', ')} }`;
  }
  return String(value);
}

/** What is invisible, or moves what stands around it, is written as its number. */
const escaped = (text: string): string => JSON.stringify(text).replace(/[\p{Cf}\p{Zl}\p{Zp}]/gu, (sign) => [...sign].map((part) => `\\u{${part.codePointAt(0)!.toString(16)}}`).join(''));

/** Name of a constant for a guest. */
export const constantOf = (name: string): string => {
  const camel = name.replace(/-+(.)/g, (_all, letter: string) => letter.toUpperCase());
  return RESERVED.has(camel) ? `${camel}Guest` : camel;
};

/** Words that TypeScript does not take as the name of a constant. */
const RESERVED = new Set(
  `arguments await break case catch class const continue debugger default delete do else enum eval export extends false finally for
  function if implements import in instanceof interface let new null package private protected public return static super switch
  this throw true try typeof undefined var void while with yield`.split(/\s+/),
);

/**
 * Text of a guest's file below homelab/adopted/.
 * @param notes lines of a comment above it
 */
export function renderAdopted(props: AdoptedGuestProps, notes: readonly string[]): string {
  const fields = Object.entries(props).map(([key, value]) => `  ${key}: ${literal(value)},\n`);
  const comment = notes.length > 0 ? `// ${notes.join('\n// ')}\n` : '';
  return `import type { AdoptedGuestProps } from '../../constructs';\n\n${comment}export const ${constantOf(props.name)}: AdoptedGuestProps = {\n${fields.join('')}};\n`;
}

/** Text of homelab/adopted.ts: the list of all guests that have a file. */
export function renderAdoptedIndex(names: readonly string[]): string {
  const sorted = [...names].sort();
  const imports = sorted.map((name) => `import { ${constantOf(name)} } from './adopted/${name}';\n`).join('');
  const list = sorted.length === 0 ? '[]' : `[\n${sorted.map((name) => `  ${constantOf(name)},\n`).join('')}]`;
  return `import type { AdoptedGuestProps } from '../constructs';\n${imports}\n/** Guests that were there before this house, in Terraform's state as they are; \`./house adopt\` writes them. */\nexport const adopted: readonly AdoptedGuestProps[] = ${list};\n`;
}
