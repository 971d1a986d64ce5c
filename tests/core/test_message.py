from __future__ import annotations

from assess.core.message import Message, counted, message


def test_a_message_is_its_template_with_its_values() -> None:
    assert str(message("unknown key “{key}”", key="nmae")) == "unknown key “nmae”"


def test_braces_in_a_value_are_only_text() -> None:
    assert str(message("found {found}", found="{key} {0} {")) == "found {key} {0} {"


def test_a_value_may_be_a_message_itself() -> None:
    assert str(message("found {found}", found=message("“{text}”", text="x"))) == "found “x”"


def test_a_counted_message_chooses_its_plural() -> None:
    said = [str(counted("{n} file", "{n} files", n)) for n in (0, 1, 2)]

    assert said == ["0 files", "1 file", "2 files"]


def test_a_message_that_does_not_count_is_one() -> None:
    assert message("x").count == 1
    assert message("{n}", n="many").count == 1


def test_equal_messages_are_equal() -> None:
    assert message("{a}", a=1) == Message("{a}", {"a": 1})
