"""What a purpose means where somebody asks about an access that no log has."""

import pytest

from access.asked_purpose import PurposeReader
from access.facts import MeantPurpose
from access.purpose_map import PurposeMap
from config.errors import Invalid

_MAP = PurposeMap(
    [
        MeantPurpose("cad", "text", "aud chk", "audit"),
        MeantPurpose("mail", "text", "Aud  Chk", "AUDIT"),
        MeantPurpose("cad", "text", "inv", "investigation"),
        MeantPurpose("mail", "text", "inv", "inventory"),
        MeantPurpose("cad", "text", "payroll", "audit"),
    ]
)


@pytest.mark.parametrize(
    ("typed", "sources", "meant"),
    [
        ("inv", ["cad"], "investigation"),
        ("inv", ["tax"], "inv"),
        ("payroll", ["cad"], "audit"),
        ("aud chk", None, "audit"),
        ("aud chk", ["cad", "tax"], "audit"),
        ("inv", ["cad", "tax"], "investigation"),
        ("payroll", ["cad", "tax"], "payroll"),
        ("payroll", None, "payroll"),
        ("chess", None, "chess"),
        ("", None, ""),
        ("inv", [], "inv"),
    ],
)
def test_a_purpose_is_what_the_map_of_its_source_says_or_the_only_meaning(
    typed: str, sources: list[str] | None, meant: str
) -> None:
    read = PurposeReader(_MAP, lambda: {"payroll", "audit"}).read(typed, sources)

    assert read.casefold() == meant


@pytest.mark.parametrize("sources", [None, ["cad", "mail"]])
def test_a_purpose_of_two_meanings_is_refused_rather_than_guessed(sources: list[str] | None) -> None:
    with pytest.raises(Invalid, match='"inv" means investigation in the logs of cad and inventory in those of mail'):
        PurposeReader(_MAP, frozenset).read("inv", sources)
