import builtins
import sys


def reached():
    found = [name for name, module in sys.modules.items() if "wxb_was_here" in vars(module)]
    found += [name for name in (*sys.modules, *sys.path) if "wxb_was_here" in name]
    found += [str(finder) for finder in sys.meta_path if "Simple" in str(type(finder))]
    return found + [name for name in vars(builtins) if "wxb" in name]
