// What lets a shell complete verbs and options; the words are asked from `./house completion words` as the person types.

/** Words that can follow what was typed. */
function words({ verbs, groups }, typed) {
  const [first, second] = typed;
  const verb = verbs.find(({ path }) => path.length <= typed.length && path.every((word, index) => word === typed[index]));
  if (verb) return [...verb.options.map((option) => `--${option}`), '--help'];
  if (first in groups && second === undefined) return verbs.flatMap(({ path }) => (path[0] === first ? [path[1]] : []));
  if (first === 'completion') return second === undefined ? ['bash', 'zsh', 'fish'] : [];
  if (first !== undefined && first !== 'help') return [];
  return [...new Set(verbs.map(({ path }) => path[0])), 'help', 'completion'];
}

const BASH = `_house() {
  mapfile -t COMPREPLY < <(compgen -W "$("\${COMP_WORDS[0]}" completion words "\${COMP_WORDS[@]:1:COMP_CWORD-1}")" -- "\${COMP_WORDS[COMP_CWORD]}")
}
complete -F _house ./house house`;

const ZSH = `_house() {
  local -a known
  known=(\${(f)"$("\${words[1]}" completion words "\${(@)words[2,CURRENT-1]}")"})
  compadd -- $known
}
(( $+functions[compdef] )) || { autoload -Uz compinit && compinit; }
compdef _house ./house house`;

const FISH = `complete -c house -f -a '(set -l typed (commandline -opc); $typed[1] completion words $typed[2..-1])'`;

module.exports = { words, scripts: { bash: BASH, zsh: ZSH, fish: FISH } };
