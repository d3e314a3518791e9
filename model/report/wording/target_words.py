"""Words of targets: their states, their bands, and why a plan is not held to one."""

from __future__ import annotations

TARGETS: dict[str, tuple[str, str]] = {
    # state of a target
    "met": ("met", "完成"),
    "binding": ("met, binding", "完成（紧约束）"),
    "missed": ("missed", "未完成"),
    "met_given": ("met, but not enforced", "已完成（未作约束）"),
    "missed_given": ("missed, not enforced", "未完成（未作约束）"),
    "no_meaning": ("no meaning: share of a negative amount", "无意义（参照量为负）"),
    "not_in_force": ("not in force in this run", "本次计算未启用"),
    # why a plan is not held to a target
    "awaits_number": ("awaits its number", "待定（数值由上级下达）"),
    "dropped": ("left out by --drop", "已用--drop取消"),
    "replaced": ("replaced by a later row of its series before any modelled year", "在首个模型年之前即被同系列后续目标替代"),
    "year_not_modelled": ("its year is not modelled", "目标年不在模型年份之内"),
    "before_decide_from": ("dated before decisions start", "目标年早于决策起始年"),
    "no_baseline": ("no base year or usual path to hold it against", "缺少可对照的基年或基准情景"),
    "title_unenforced": ("Targets that the plan is not held to, in all years or in some", "未作约束的目标（全部或部分年份）"),
    "note_unenforced": (
        "No years: in none of the modelled years does the target hold.",
        "年份为空：该目标在各模型年均不生效。",
    ),
    "line_unenforced": ("not enforced, {}: {}", "未作约束，{}：{}"),
    # the band of 'about'
    "band": ("Band of 'about'", "“左右”的范围"),
    "band_from": ("about: from {}", "左右：{}起"),
    "band_to": ("about: up to {}", "左右：至{}"),
    "band_between": ("about: {} to {}", "左右：{}至{}"),
    "line_explain_about": ("what 'about' asks: {}", "“左右”的含义：{}"),
    "with_band": ("{} ({})", "{}（{}）"),
    "warning_no_meaning": (
        "{}: the amount it is a share of is negative in {}; a share of it has no meaning, so the target is not counted as met",
        "{}：其参照量在{}年为负，占比无意义，不计为完成",
    ),
}
