"""The style guide as checks: strict CSP, no other host, no dead reference, files of a readable size."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TEMPLATES = sorted([*(ROOT / "templates").rglob("*.html"), *(ROOT / "templates").rglob("*.txt")])
STYLES = sorted((ROOT / "static/css").glob("*.css"))
MODULES = sorted((ROOT / "static/js").glob("*.js"))
OWN_FRAME = [path for path in TEMPLATES if path.parent.name in {"layouts", "components", "errors", "pages"}]


def named(path):
    return path.relative_to(ROOT).as_posix()


def without_comments(text):
    return re.sub(r"\{% comment %\}.*?\{% endcomment %\}|<!--.*?-->|/\*.*?\*/", "", text, flags=re.S)


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_a_template_has_nothing_inline_and_no_other_host(path):
    text = without_comments(path.read_text())
    assert not re.search(r"\sstyle\s*=", text)
    assert not re.search(r"\son[a-z]+\s*=", text)
    assert not re.search(r"<style|javascript:", text)
    assert not re.search(r"<script(?![^>]*\bsrc=)", text)
    assert not re.search(r"""(?:src|href)=["'](?:https?:)?//""", text)
    assert text.count("\n") <= 150


@pytest.mark.parametrize("path", OWN_FRAME, ids=named)
def test_a_shared_template_documents_its_variables(path):
    assert "{% comment %}" in path.read_text()


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_a_template_names_only_what_exists(path):
    text = path.read_text()
    icons = set(re.findall(r'<symbol id="i-([\w-]+)"', (ROOT / "static/img/icons.svg").read_text()))
    assert set(re.findall(r'{% icon "([\w-]+)"', text)) <= icons
    for asset in re.findall(r"{% static ['\"]([^'\"]+)['\"] %}", text):
        assert (ROOT / "static" / asset).is_file(), asset
    for other in re.findall(r'{% (?:include|extends) "([^"]+)"', text):
        assert (ROOT / "templates" / other.partition("#")[0]).is_file(), other


def classes_with_a_style():
    sheets = "".join(without_comments(path.read_text()) for path in STYLES)
    return set(re.findall(r"\.(jg-[\w-]+)", sheets))


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_every_class_of_ours_has_a_style(path):
    text = re.sub(r"{%.*?%}|{{.*?}}", " ", without_comments(path.read_text()))
    used = {name for value in re.findall(r'class="([^"]*)"', text) for name in value.split() if name.startswith("jg-")}
    assert {name for name in used if not name.endswith("--")} <= classes_with_a_style()


@pytest.mark.parametrize("path", [*STYLES, *MODULES], ids=named)
def test_our_styles_and_modules_stay_at_home(path):
    text = path.read_text()
    assert not re.search(r"https?://|@import|url\(", text.replace("http://www.w3.org/2000/svg", "").replace('[href^="http"]', ""))
    assert text.count("\n") <= (300 if path.suffix == ".css" else 120)


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_a_module_neither_evaluates_nor_writes_markup(path):
    assert not re.search(r"\beval\(|new Function|innerHTML|document\.write|setAttribute\('style'", path.read_text())


@pytest.mark.parametrize("folder", sorted((ROOT / "static/vendor").glob("*@*")), ids=named)
def test_a_vendored_library_has_version_licence_and_no_missing_map(folder):
    version = folder.name.partition("@")[2]
    assert version in (folder / "README").read_text()
    assert (folder / "LICENCE").stat().st_size > 300
    assert f"`{folder.name}`" in (ROOT / "static/vendor/README.md").read_text()
    for path in (one for one in folder.rglob("*") if one.suffix in {".js", ".css"}):
        assert "sourceMappingURL" not in path.read_text(errors="replace"), path.name


def test_the_fonts_of_documents_are_truetype_with_their_licence():
    fonts = sorted((ROOT / "core/fonts").glob("*.ttf"))
    licences = {
        "JGSRareHK-SemiBold": "NotoSerifHK",  # what the simplified font lacks, under a name of our own as the licence asks
        "JGSRareJP-SemiBold": "NotoSerifJP",
        "NotoSansSC-Bold": "NotoSansSC",
        "NotoSansSC-Regular": "NotoSansSC",
        "NotoSerifSC-SemiBold": "NotoSerifSC",
    }
    assert [font.stem for font in fonts] == list(licences)
    for font in fonts:
        with font.open("rb") as file:
            assert file.read(4) == b"\x00\x01\x00\x00"
        licence = font.with_name(f"OFL-{licences[font.stem]}.txt")
        assert "SIL OPEN FONT LICENSE" in licence.read_text()
