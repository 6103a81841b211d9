import builtins
import sys
import types

for module in list(sys.modules.values()):
    try:
        module.wxb_was_here = "CANARY-left-1f0a2b"
    except (AttributeError, TypeError):
        pass
builtins.wxb_was_here = True
sys.modules["wxb_was_here"] = types.ModuleType("wxb_was_here")
sys.path.append("/wxb_was_here")
sys.meta_path.append(types.SimpleNamespace(find_spec=lambda *args: None))


def reached():
    return []
