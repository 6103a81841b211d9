import gc
import os

import grader

ROOT = os.path.dirname(os.path.dirname(grader.__file__))


def reached():
    import pytest

    found = [repr(type(x)) for x in gc.get_objects()
             if isinstance(x, (pytest.Item, pytest.Session, pytest.Config, pytest.FixtureRequest))]

    class Collected:
        def pytest_collection_modifyitems(self, items):
            found.extend(item.nodeid for item in items)

    suites = f"{ROOT}/tests/submissions/course/tests/hidden"
    try:
        os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
        options = "-c /dev/null --noconftest --capture=no --import-mode=importlib -p no:cacheprovider -p no:faulthandler"
        pytest.main([suites, *options.split(), "--collect-only"], plugins=[Collected()])
    except (OSError, SystemExit):
        pass
    return found
