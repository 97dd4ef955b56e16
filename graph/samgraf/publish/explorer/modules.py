"""Gluing ES modules: one script without imports, from the main module and all that it leans on.

Each module becomes a function that is called once and gives what it exports; an import becomes a look-up in what the
other module gave. So a module's own names stay its own, as in a browser. Only the forms that the page's modules use
are read: named imports, imports of a whole module, imports for effect, exported declarations and lists of names
(ECMA-262, section 16.2).
"""

import re
from pathlib import Path

from samgraf.disk import read_text

_IMPORT = re.compile(r"^import (?:(?:\{([^}]*)\}|\* as (\w+)) from )?'\./([\w-]+)\.mjs';\n", re.MULTILINE)
_EXPORT = re.compile(
    r"^export (?=(?:const|function|async function|class) (?:(\w+|\$)|[\[{]([^\]}=]*)[\]}]))", re.MULTILINE
)
_LIST = re.compile(r"^export \{([^}]*)\};\n", re.MULTILINE)
_OTHER = re.compile(r"^(?:import|export)\b.*", re.MULTILINE)


def glue(folder: Path, main: str) -> str:
    """Give the script of the module `main` and of all that it imports, those first that the others lean on.

    The order is that of the imports in the text, depth first: the same files give the same script. Raises ValueError
    for a circle, for a module that is not there, and for a form of import or export that is not read here.
    """
    return "\n".join(_module(name, source) for name, source in _ordered(folder, main).items())


def module_names(folder: Path, main: str) -> list[str]:
    """Give the names of the modules that make up the script, in their order."""
    return list(_ordered(folder, main))


def _ordered(folder: Path, main: str) -> dict[str, str]:
    """Read the modules in the order in which they must run."""
    done: dict[str, str] = {}

    def visit(name: str, chain: tuple[str, ...]) -> None:
        if name in chain:
            message = f"modules import each other in a circle: {' → '.join([*chain[chain.index(name) :], name])}"
            raise ValueError(message)
        if name in done:
            return
        path = folder / f"{name}.mjs"
        if not path.is_file():
            message = f"{chain[-1] if chain else 'the page'} imports {path.name}, which is not in {folder}"
            raise ValueError(message)
        source = read_text(str(path))
        for found in _IMPORT.finditer(source):
            visit(found[3], (*chain, name))
        done[name] = source

    visit(main, ())
    return done


def _module(name: str, source: str) -> str:
    """Write one module as a function that is called at once."""
    exported = [one for single, several in _EXPORT.findall(source) for one in _names(single or several)]
    exported += [one for several in _LIST.findall(source) for one in _names(several)]
    body = _LIST.sub("", _EXPORT.sub("", _IMPORT.sub(_lookup, source)))
    if other := _OTHER.search(body):
        line = source[: source.index(other[0])].count("\n") + 1
        message = f"{name}.mjs:{line}: this form of import or export is not read by the page builder: {other[0]}"
        raise ValueError(message)
    return f"const {_holder(name)} = (() => {{\n{body.strip()}\nreturn {{ {', '.join(exported)} }};\n}})();"


def _names(text: str) -> list[str]:
    """Give the names that a list or a pattern declares: in `{ a, b: c }` those are a and c."""
    return [one.rpartition(":")[2].strip() for one in text.split(",") if one.strip()]


def _lookup(found: re.Match[str]) -> str:
    """Write an import as a look-up; one for effect is nothing more, for the module has run."""
    holder = _holder(found[3])
    if found[2]:
        return f"const {found[2]} = {holder};\n"
    names = ", ".join(one.strip().replace(" as ", ": ") for one in (found[1] or "").split(",") if one.strip())
    return f"const {{ {names} }} = {holder};\n" if names else ""


def _holder(name: str) -> str:
    """Give the constant that holds what a module exports."""
    return f"module_{name.replace('-', '_')}"
