"""The compiled world is that of the shipped files, and stands for nothing else."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from smtpsim.protocol.smtp.offer import extension_names
from smtpsim.protocol.smtp.service import Service
from smtpsim.world.load.assemble import read_world
from smtpsim.world.load.compiled import Text, compiled_world, compiled_zones, world_texts
from smtpsim.world.load.compiling import modules
from smtpsim.world.load.source import folder, shipped
from smtpsim.world.model import World

MODULES = Path(__file__).parents[3] / "smtpsim" / "world" / "load"


def offered(service: Service) -> tuple[object, ...]:
    """What a service is made from; the rest follows from it."""
    return service.name, extension_names(service), service.limits, service.mechanisms, dict(service.texts)


@pytest.mark.parametrize("name", ["shipped_hosts.py", "shipped_records.py"])
def test_the_modules_are_what_the_program_writes(name: str) -> None:
    """When this fails, run `python -m smtpsim.world.load.compiling`."""
    assert (MODULES / name).read_text(encoding="utf-8") == modules()[name]


def test_it_is_the_world_that_the_files_hold() -> None:
    read, compiled = read_world(shipped(), 3), compiled_world(shipped(), 3)
    assert isinstance(read, World)
    assert compiled is not None
    assert compiled._replace(hosts=read.hosts) == read
    assert list(compiled.hosts) == list(read.hosts)
    for name, host in read.hosts.items():
        made = compiled.hosts[name]
        assert offered(made.service) == offered(host.service)
        assert made._replace(service=host.service) == host


def test_the_hosts_are_found_as_if_all_were_there() -> None:
    compiled = compiled_world(shipped(), 0)
    assert compiled is not None
    for name, host in compiled.hosts.items():
        assert [compiled.host_at(address) for address in host.addresses] == [host] * len(host.addresses), name
        assert [compiled.host_for(domain) for domain in host.domains] == [host] * len(host.domains), name


FILES = (
    "world.toml",
    "hosts/mx.au.com.toml",
    "keys/example.com.pem",
    "mta-sts/clinic.example.txt",
    "zones/au.com.zone",
)


@pytest.mark.parametrize("file", FILES)
def test_an_edited_file_is_read_anew(tmp_path: Path, file: str) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(shipped().path, copy)
    assert compiled_world(folder(str(copy)), 0) is not None
    text = (copy / file).read_text(encoding="utf-8")
    (copy / file).write_text(text + "\n", encoding="utf-8")
    assert compiled_world(folder(str(copy)), 0) is None
    os.remove(copy / file)
    assert compiled_world(folder(str(copy)), 0) is None


def test_a_renamed_host_is_read_anew(tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(shipped().path, copy)
    os.rename(copy / "hosts" / "mx.au.com.toml", copy / "hosts" / "mx.other.toml")
    assert compiled_world(folder(str(copy)), 0) is None


def test_zones_stand_for_their_texts_where_other_files_were_edited() -> None:
    first, *others = [text for text in world_texts(shipped()) if text.name.endswith(".zone")]
    assert compiled_zones([first, *others]) is not None
    assert compiled_zones([Text(first.name, first.text + "\n"), *others]) is None
    assert compiled_zones(others) is None
