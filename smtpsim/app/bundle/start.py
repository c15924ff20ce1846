"""The `__main__.py` of the single file: unpacks the libraries at the first start, and runs smtpsim.

A Python that is too old must get as far as saying so: nothing here is newer than Python 3.6. `words.json` beside this
file holds the two sentences that can be needed before there are catalogues.
"""

import json
import os
import sys
import zipfile

ARCHIVE = os.path.dirname(os.path.abspath(__file__))
LIBRARIES = "lib"


def say(key: str, **values: str) -> str:
    """A sentence in the language of the locale, in English where there is none."""
    locale = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
    with zipfile.ZipFile(ARCHIVE) as archive:
        catalogues = json.loads(archive.read("words.json").decode("utf-8"))
    sentence: str = catalogues.get(locale[:2], catalogues["en"])[key]
    return sentence.format(**values)


def unpack(folder: str) -> None:
    """Unpack the libraries into a folder that there is."""
    with zipfile.ZipFile(ARCHIVE) as archive:
        archive.extractall(folder, [name for name in archive.namelist() if name.startswith(LIBRARIES + "/")])


def kept() -> str:
    """The folder of the libraries in the user's cache: unpacked once for each version of the file.

    Two programs at once, or one that is killed, cannot leave half a folder: it gets its name when it is whole. Raises
    OSError where the cache cannot be written.
    """
    import hashlib
    import shutil
    import tempfile

    from platformdirs import user_cache_dir  # runs from within the archive

    with open(ARCHIVE, "rb") as file:
        version = hashlib.sha256(file.read()).hexdigest()[:16]
    folder = os.path.join(user_cache_dir("smtpsim", False), version)
    if not os.path.isdir(folder):
        os.makedirs(os.path.dirname(folder), exist_ok=True)
        fresh = tempfile.mkdtemp(dir=os.path.dirname(folder))
        try:
            unpack(fresh)
            os.rename(fresh, folder)
        except OSError:
            shutil.rmtree(fresh, ignore_errors=True)
            if not os.path.isdir(folder):  # else another start was faster
                raise
    return folder


def passing() -> str:
    """A folder of the libraries that lasts as long as the program. Raises OSError where none can be made."""
    import atexit
    import shutil
    import tempfile

    folder = tempfile.mkdtemp(prefix="smtpsim-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    unpack(folder)
    return folder


def libraries() -> str:
    """Where the libraries are, unpacked if need be; "" where no folder can be written."""
    sys.path.insert(0, os.path.join(ARCHIVE, LIBRARIES))
    try:
        for place in (kept, passing):
            try:
                return os.path.join(place(), LIBRARIES)
            except OSError:
                continue
        return ""
    finally:
        del sys.path[0]


def start() -> int:
    """Run smtpsim; gives its exit status."""
    if sys.version_info < (3, 11):  # noqa: UP036 (whoever starts a file may have any Python)
        print("smtpsim: " + say("old-python", found=sys.version.split()[0]), file=sys.stderr)
        return 2
    found = libraries()
    if not found:
        print("smtpsim: " + say("no-folder"), file=sys.stderr)
        return 2
    sys.path.insert(0, found)
    from smtpsim.app.main import main

    return main()


if __name__ == "__main__":
    sys.exit(start())
