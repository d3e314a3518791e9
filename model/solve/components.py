"""Names of the model's components, by what they are for: those of the columns of its matrix, and of the rows that others look for."""

from __future__ import annotations

SHORTFALLS = frozenset({"Unserved", "Hourly_Unserved", "Firm_Shortfall"})
HELD = frozenset({"Opening", "Highest", "Stock", "Stock_Left"})
HOURLY = HELD | {"Activity", "Online", "Heat", "Charge", "Discharge", "Stored", "Hourly_Trade", "Hourly_Unserved"}
OPERATION = HOURLY | {"Annual", "Annual_Heat", "Trade", "Unserved", "Firm_Shortfall"}
SLACKS = frozenset({"Slack", "Surplus"})
TARGET_FAMILIES = {"<=": "Target_At_Most", ">=": "Target_At_Least", "==": "Target_Exactly"}
TARGETS = frozenset(TARGET_FAMILIES.values())
