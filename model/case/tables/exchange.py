"""What the case's own things are called where results are exchanged between models."""

from __future__ import annotations

from typing import Literal

from model.case.tables.columns import Optional_Float, Optional_Text, Row, column

AmountName = Literal["total", "counted", "capacity", "output", "use", "final_use", "bought", "sold", "investment"]


class Counterpart(Row):
    """A variable of the common IAMC template, and what of the case is counted to it; several rows of one variable add up. What has no row is exported under our own prefix."""

    labels = ("IAMC variables", "IAMC变量对应")
    key = ("item", "amount", "flow", "variable")
    item: str = column("row of the case", "案例中的对象", refers="any")
    amount: AmountName = column(
        "total: an indicator's value; counted: what a technology adds to the indicator `flow`; capacity; output: what a technology gives of the commodity `flow`; use: all use of a commodity; final_use: of a sector or a commodity, combined as Final Energy|sector|commodity, `flow` being the sector of its demand; bought, sold: of a market; investment: of a sector's measures",
        "量（total为指标值；counted为某技术计入指标flow的量；capacity为容量；output为某技术产出平衡物flow的量；use为平衡物全部用量；final_use为领域或平衡物的终端用量，组合为Final Energy|领域|平衡物，flow为需求所属领域；bought、sold为市场买卖量；investment为领域内措施投资）",
    )
    flow: Optional_Text = column(
        "commodity, indicator or sector that the amount is of", "所涉平衡物、指标或领域", refers="any", default=None
    )
    variable: str = column(
        "name in the template, its parts separated by |",
        "模板中的变量名（以|分隔）",
        pattern=r"^[A-Z][\w .&/()+-]*(\|[A-Z0-9][\w .&/()+-]*)*$",
    )
    value: Optional_Float = column("what the amount is multiplied by; empty: 1", "换算系数（空为1）", default=None)
    unit: str = column("unit of value, such as kgce/m3; empty: none", "系数单位（如kgce/m3；空为无）", default="")
    reason: str = column("why it stands for the variable, and where the value comes from", "对应理由与系数来源", min_length=1)
