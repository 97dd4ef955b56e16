"""The glue: modules become one script that does what the modules do, or a word on why they cannot."""

import pytest

from samgraf.publish.explorer.modules import glue, module_names


@pytest.fixture
def folder(tmp_path):
    def write(**modules):
        for name, text in modules.items():
            (tmp_path / f"{name}.mjs").write_text(text, encoding="utf-8")
        return tmp_path

    return write


def test_what_is_leaned_on_comes_first_and_once(folder):
    made = folder(
        main="import { b } from './b.mjs';\nimport { a } from './a.mjs';\nb(a);\n",
        b="import { a } from './a.mjs';\nexport const b = () => a;\n",
        a="export const a = 1;\n",
        lonely="export const nobody = 0;\n",
    )
    assert module_names(made, "main") == ["a", "b", "main"]
    assert glue(made, "main").count("const a = 1;") == 1


def test_names_of_a_module_stay_its_own_and_can_be_renamed(folder):
    lines = ["import {", "  $ as other,", "} from './part-one.mjs';", "const size = 2;"]
    main = "\n".join([*lines, "export function all() {", "  return size + other;", "}", ""])
    text = glue(folder(main=main, **{"part-one": "const size = 1;\nexport const $ = size;\n"}), "main")
    assert "const { $: other } = module_part_one;" in text
    assert "return { $ };" in text
    assert "return { all };" in text


def test_whole_modules_patterns_and_lists_are_read(folder):
    made = folder(
        main="import * as All from './a.mjs';\nexport { all };\nconst all = All;\n",
        a="export const { b, c: d } = { b: 1, c: 2 };\nexport const [e] = [3];\n",
    )
    text = glue(made, "main")
    assert "const All = module_a;" in text
    assert "return { b, d, e };" in text
    assert "return { all };" in text


def test_a_circle_is_named(folder):
    made = folder(main="import './a.mjs';\n", a="import './b.mjs';\n", b="import './a.mjs';\n")
    with pytest.raises(ValueError, match="circle: a → b → a"):
        glue(made, "main")


def test_a_module_that_is_not_there_is_named(folder):
    with pytest.raises(ValueError, match=r"main imports gone\.mjs"):
        glue(folder(main="import './gone.mjs';\n"), "main")


@pytest.mark.parametrize(
    "line",
    [
        "export default 1;",
        "import all from './a.mjs';",
        "import all, { a } from './a.mjs';",
        "export * from './a.mjs';",
    ],
)
def test_forms_that_are_not_read_are_refused_with_their_place(folder, line):
    with pytest.raises(ValueError, match=r"main\.mjs:2: this form"):
        glue(folder(main=f"const x = 1;\n{line}\n", a="export const a = 1;\n"), "main")
