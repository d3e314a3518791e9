"""The equations, written in Pyomo's core alone, which is made quicker where it loads and where it templates."""

import sys
from types import ModuleType
from typing import Any

import scipy  # noqa: F401

# Where SciPy is loaded Pyomo asks for parts of it that nothing here uses and that load longer than itself.
_left = [name for name in ("scipy.stats", "scipy.integrate", "scipy.spatial") if name not in sys.modules]
sys.modules.update({name: ModuleType(name) for name in _left})
try:
    import pyomo.core  # noqa: F401
    from pyomo.core.expr import template_expr
finally:
    for _name in _left:
        del sys.modules[_name]  # whoever uses it loads it

_walked = template_expr._reduce_template_to_component


def _component_of(of: Any) -> Any:
    """What a template takes an entry of: Pyomo walks through it, with a walker made for each term, though most are a component as they stand."""
    return _walked(of) if of.is_expression_type() else of


template_expr._reduce_template_to_component = _component_of
