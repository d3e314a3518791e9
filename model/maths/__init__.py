"""The equations, written in Pyomo's core alone: where SciPy is loaded it asks for parts of it that nothing here uses and that load longer than itself."""

import sys
from types import ModuleType

import scipy  # noqa: F401

_left = [name for name in ("scipy.stats", "scipy.integrate", "scipy.spatial") if name not in sys.modules]
sys.modules.update({name: ModuleType(name) for name in _left})
try:
    import pyomo.core  # noqa: F401
finally:
    for _name in _left:
        del sys.modules[_name]  # whoever uses it loads it
