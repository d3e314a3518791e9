"""Thirty wrong commands, each told in one sentence with its remedy, in either language, with the right exit code."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from calling import call

import cli
from model.commands import paths
from model.report.words import languages, words

SWITCH = ("switch", "toy", "--number")
# A command; how it ends; what is said of it: in Chinese, in English.
WRONG: list[tuple[tuple[str, ...], int, str, str]] = [
    (("slove", "toy"), 2, "没有命令 slove（最接近：solve）", "no command slove (nearest: solve)"),
    (("solve",), 2, "缺少 CASE", "CASE is missing"),
    (("solve", "toy", "--dasy", "2"), 2, "没有选项 --dasy（最接近：--days）", "no option --dasy (nearest: --days)"),
    (("solve", "toy", "--json=yes"), 2, "--json 不带取值", "--json takes no value"),
    (("solve", "toy", "--days"), 2, "--days 后缺少取值", "--days needs a value"),
    (("solve", "toy", "chengde"), 2, "多出 chengde", "chengde is more than this command takes"),
    (("solve", "toy", "--days", "400"), 2, "请填写1至365的整数", "from 1 to 365"),
    (("solve", "toy", "--gap", "5%"), 2, "请填写0至1之间的小数", "between 0 and 1"),
    (("solve", "toy", "--time-limit", "soon"), 2, "请填写秒数", "give seconds"),
    (("solve", "toy", "--foresight", "0"), 2, "请填写不小于1的整数", "a whole number from 1 on"),
    (("solve", "tyo"), 2, "没有案例“tyo”", "no case 'tyo'"),
    (("solve", "toy", "--foresight", "1", "--negotiate"), 2, "请去掉 --negotiate", "leave out --negotiate"),
    (("solve", "toy", "--write-mps", "plan.lp"), 2, "应以 .mps 结尾", "ends with .mps"),
    (("solve", "toy", "--out", "/dev/null/run"), 2, "无法写入", "cannot be written"),
    (("solve", "toy", "--set", "nonsense"), 2, "不符合 ITEM.QUANTITY[@YEAR]=VALUE [UNIT] 的形式", "not of the form"),
    (("solve", "toy", "--set", "power_purchas.price=1"), 2, "没有名为“power_purchas”的条目（最接近：power_purchase）", "(nearest: power_purchase)"),
    (("solve", "toy", "--set", "coal_purchase.price+=5 kg"), 2, "不能换算", "no unit that converts"),
    (("solve", "toy", "--drop", "co2_2032"), 2, "没有目标“co2_2032”", "no target 'co2_2032'"),
    (("solve", "toy", "--decide-from", "2040"), 2, "应在2021–2023之间", "expected a year in 2021–2023"),
    (("show", "nosuch"), 2, "不是计算结果", "is not a run"),
    (("show", "latest"), 2, "没有计算结果；请先求解", "solve one first"),
    (("export", "latest", "--to", "pdf"), 2, "请从 xlsx、csv、html、png、pptx、iamc、netcdf 中选择", "choose one of xlsx, csv, html, png, pptx, iamc, netcdf"),
    (("compare",), 2, "缺少 RUN", "RUN RUN... is missing"),
    (("explain", "nosuch"), 2, "既不是案例", "neither a case"),
    (("sweep", "toy"), 2, "未写明情景如何产生；请从 --tornado、", "nothing says which scenarios; ask for one of"),
    (("sweep", "toy", "--sobol", "5"), 2, "请取64、128、256等", "give 64, 128, 256"),
    (("sweep", "toy", "--scenarios", "nosuch.csv"), 2, "无法读取（不存在）", "cannot be read (not there)"),
    (("frontier", "toy", "--indicator", "co3"), 2, "没有指标“co3”", "no indicator 'co3'"),
    (("alternatives", "toy", "--years", "2099"), 2, "2099年不是案例的模型年份", "2099 is not a year of the case"),
    ((*SWITCH, "coal_purchase.price", "--between", "9,5", "--measure", "close_boiler"), 2, "请对调", "exchange the two"),
]  # fmt: skip
# What is the same in every language, beside the words of the command: options, paths and files, ids, forms in capitals, units, cases, commands.
SAME = (
    r"Sobol|measures( runs| cases)?|--?[a-z][a-z-]*|[A-Za-z0-9_.*-]*/[A-Za-z0-9_./*-]*|[A-Za-z]*\.(json|yaml|mps)|[a-z]+(_[a-z0-9]+)+|[A-Z][A-Z.@\[\]= ]*"
    r"|co2|boilers|chengde|shijiazhuang|toy|solve|xlsx|csv|html|png|pptx|iamc|netcdf|all|auto|kg"
)


@pytest.fixture(autouse=True)
def own_place(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(paths, "RUNS", tmp_path / "runs")
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(("asked", "code", "chinese", "english"), WRONG, ids=[" ".join(asked) for asked, *_ in WRONG])
def test_a_wrong_command_is_told_in_one_sentence(asked: tuple[str, ...], code: int, chinese: str, english: str) -> None:
    for language, said in (("zh", chinese), ("en", english)):
        result = call("--lang", language, *asked)
        told = result.stderr + (result.stdout if code == 1 else "")
        assert result.exit_code == code and isinstance(result.exception, SystemExit), told
        assert said in told and "Traceback" not in told
        told = re.sub(r"\n +", "", told.strip())  # a long one is broken where it is printed
        assert "\n" not in told, told
        if language == "zh":
            typed = sorted((re.escape(one) for one in asked if not one.isdigit()), key=len, reverse=True)
            left = re.sub("|".join([*typed, SAME]), "", told)
            assert not re.search("[A-Za-z]", left), left
            assert "；" in told and "。" not in told


def test_there_are_thirty() -> None:
    assert len({asked for asked, *_ in WRONG}) == 30


@pytest.mark.parametrize("asked", [("--lang", "zh", "show", "nosuch"), ("show", "--lang=zh", "nosuch"), ("show", "nosuch", "--lang", "zh")])
def test_the_language_stands_anywhere(asked: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MEASURES_LANG", "en")
    assert "不是计算结果" in call(*asked).stderr
    monkeypatch.setenv("MEASURES_LANG", "zh")
    assert "不是计算结果" in call("show", "nosuch").stderr
    assert "is not a run" in call("show", "nosuch", "--lang", "en").stderr
    assert "choose one of en, zh" in call("show", "nosuch", "--lang", "fr").stderr


@pytest.mark.parametrize("command", ["", *sorted(cli.main.commands)])
def test_help_is_in_the_language_asked_for(command: str) -> None:
    named = [command] if command else []
    chinese, english = call("--lang", "zh", *named, "--help"), call(*named, "--help", "--lang", "en")
    assert chinese.exit_code == english.exit_code == 0
    assert chinese.stdout == call(*named, "--help", "--lang", "zh").stdout
    assert "用法：measures" in chinese.stdout and "Usage: measures" in english.stdout
    plain = re.compile(f"Dask|Morris|auto|changed\\|all|changed|ask\\|what-if|ask|[a-z]+\\.csv|en\\|zh|latest|reference|explain|{SAME}")
    for line in chinese.stdout.splitlines():
        if "示例：" not in line and "用法：" not in line:
            said = re.sub(r"^  [a-z]+ ", "", line)
            assert not re.search("[a-z]{2,}", plain.sub("", said)), line


@pytest.mark.parametrize("command", sorted(cli.main.commands))
def test_every_option_has_help_in_words(command: str) -> None:
    for parameter in cli.main.commands[command].params:
        if parameter.param_type_name == "option":
            assert all(parameter.help in words(language) for language in languages()), parameter.name
