"""core.cover: one entry, one picture, everywhere and always."""

import re
from xml.etree import ElementTree

import pytest

from core.cover import FILLED, PALETTES, SETS, SHAPES, arrangement_for, cover_svg, palette_for

SVG = "{http://www.w3.org/2000/svg}"


def parsed(svg):
    return ElementTree.fromstring(svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1))


def test_there_are_eight_sets_of_eight_known_tiles():
    assert len(SETS) == len(set(SETS)) == 8
    for tiles, colours in SETS:
        assert len(tiles) == len(colours) == 8
        assert set(tiles) <= set(FILLED) | {"w", "d"}
        assert set(colours) <= set("dmpo")
        assert [tile for tile, colour in zip(tiles, colours, strict=True) if colour == "o"] in ([], ["o"])


@pytest.mark.parametrize(("shape", "box", "tiles"), [("wide", "0 0 400 200", 8), ("tall", "0 0 200 300", 6)])
def test_a_cover_has_the_tiles_of_its_shape(shape, box, tiles):
    root = parsed(cover_svg("054", "agriculture", shape))
    assert root.get("viewBox") == box
    assert root.get("aria-hidden") == "true"
    assert len(root.findall(f"{SVG}path")) == tiles
    assert root.find(f"{SVG}rect").get("fill") == PALETTES["agriculture"].ground


def test_the_same_number_always_gives_the_same_cover():
    assert cover_svg("054", "energy") == cover_svg("054", "energy")
    assert [SETS.index(arrangement_for(number)) for number in ("008", "017", "054", "089")] == [7, 7, 1, 1]


def test_the_field_changes_the_colours_and_not_the_arrangement():
    first, second = (cover_svg("054", field) for field in ("energy", "health"))
    assert first != second
    assert re.sub("#[0-9a-f]{6}", "", first) == re.sub("#[0-9a-f]{6}", "", second)


def test_all_sets_occur_among_the_numbers_of_one_edition():
    assert {arrangement_for(f"{number:03}") for number in range(1, 121)} == set(SETS)


def test_a_field_the_design_does_not_know_keeps_one_of_the_six_palettes():
    assert palette_for("new-field") in PALETTES.values()
    assert palette_for("new-field") == palette_for("new-field")


def test_no_style_and_nothing_of_the_arguments_is_written():
    svg = cover_svg('<script>"', "<b>", "tall")
    assert "style" not in svg
    assert "script" not in svg
    assert "<b>" not in svg


def test_an_unknown_shape_is_refused():
    assert set(SHAPES) == {"wide", "tall"}
    with pytest.raises(ValueError, match="wide or tall"):
        cover_svg("054", "energy", "round")
