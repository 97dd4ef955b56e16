"""``samgraf completion``: the script that makes bash, zsh or fish complete commands, options, entities and queries."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from click.shell_completion import BashComplete, FishComplete, ShellComplete, ZshComplete

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

# what bash would read as more than letters; zsh and fish quote what is chosen themselves
_SPECIAL = " \t'\"\\$`!&;|<>()*?[]{}~#"
_BASH = """\
%(complete_func)s() {
    local IFS=$'\\n' response kind value
    local word="${COMP_WORDS[COMP_CWORD]}"
    response=$(COMP_WORDS="${COMP_WORDS[*]}" COMP_CWORD=$COMP_CWORD SAMGRAF_WORD="$word" samgraf completion bash --answer)
    COMPREPLY=()
    while IFS=, read -r kind value; do
        case "$kind" in
            dir) compopt -o dirnames 2>/dev/null ;;
            file) compopt -o default 2>/dev/null ;;
            plain) COMPREPLY+=("$value") ;;
        esac
    done <<< "$response"
}
complete -o nosort -F %(complete_func)s %(prog_name)s
"""
_ZSH = """\
#compdef %(prog_name)s
%(complete_func)s() {
    local -a plain described response
    local kind value help
    (( ! $+commands[%(prog_name)s] )) && return 1
    response=("${(@f)$(env COMP_WORDS="${words[*]}" COMP_CWORD=$((CURRENT-1)) %(prog_name)s completion zsh --answer)}")
    for kind value help in ${response}; do
        case "$kind" in
            dir) _path_files -/ ;;
            file) _path_files -f ;;
            plain) if [[ "$help" == "_" ]]; then plain+=("$value"); else described+=("$value":"$help"); fi ;;
        esac
    done
    [ -n "$described" ] && _describe -V unsorted described -U
    [ -n "$plain" ] && compadd -U -V unsorted -a plain
}
if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
    %(complete_func)s "$@"
else
    compdef %(complete_func)s %(prog_name)s
fi
"""
_FISH = """\
function %(complete_func)s
    set -lx COMP_WORDS (commandline -cp)
    set -lx COMP_CWORD (commandline -t)
    for line in (%(prog_name)s completion fish --answer)
        set -l parts (string split -m 1 "," -- $line)
        switch $parts[1]
            case dir
                __fish_complete_directories $parts[2]
            case file
                __fish_complete_path $parts[2]
            case plain
                echo $parts[2]
        end
    end
end
complete --no-files --command %(prog_name)s --arguments "(%(complete_func)s)"
"""


class _Bash(BashComplete):
    """Completion for bash, which puts a word on the line as it is: so it is quoted here."""

    source_template = _BASH

    @staticmethod
    def _check_version() -> None:
        """Do nothing: the script is printed on one machine and may be read on another."""

    def format_completion(self, item: CompletionItem) -> str:
        """Write a completion in the quotes that the word was begun with, or with a backslash before what is special."""
        import os

        word = os.environ.get("SAMGRAF_WORD", "")
        value = str(item.value)
        if item.type == "plain" and not word.startswith(("'", '"')):
            value = "".join("\\" + c if c in _SPECIAL else c for c in value)
        return f"{item.type},{value}"


class _Zsh(ZshComplete):
    """Completion for zsh, in three lines each: kind, value, help."""

    source_template = _ZSH

    def format_completion(self, item: CompletionItem) -> str:
        """Write a completion; where there is help, zsh takes a colon in the value for its beginning."""
        help_ = item.help or "_"
        value = str(item.value)
        return f"{item.type}\n{value if help_ == '_' else value.replace(':', chr(92) + ':')}\n{help_}"


class _Fish(FishComplete):
    """Completion for fish: kind, a comma, the value, and after a tab the help."""

    source_template = _FISH

    def format_completion(self, item: CompletionItem) -> str:
        """Write a completion."""
        return f"{item.type},{item.value}" + (f"\t{' '.join(item.help.split())}" if item.help else "")


_SHELLS: dict[str, type[ShellComplete]] = {"bash": _Bash, "zsh": _Zsh, "fish": _Fish}


@click.command("completion")
@click.argument("shell", type=click.Choice(list(_SHELLS)))
@click.option("--answer", is_flag=True, hidden=True, help="Answer the shell; the script calls this.")
def command(shell: str, *, answer: bool) -> int:
    """Print the completion script: commands, options, entity names and query names.

    \b
      bash:  eval "$(samgraf completion bash)"      in ~/.bashrc
      zsh:   eval "$(samgraf completion zsh)"       in ~/.zshrc, after compinit
      fish:  samgraf completion fish > ~/.config/fish/completions/samgraf.fish
    """
    from samgraf.cli.app import app
    from samgraf.cli.output import emit

    complete = _SHELLS[shell](app, {}, "samgraf", "_SAMGRAF_COMPLETE")
    if not answer:
        emit(complete.source())
    elif text := complete.complete():
        emit(text)
    return 0
