"""Which workbooks are meant, and which document each becomes; all of it known before anything is written."""

from __future__ import annotations

import difflib
import os
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

from lakip_xlsx.batch import remote
from lakip_xlsx.errors import LakipError, OutputError, UnreadableError
from lakip_xlsx.files import is_folder as is_local_folder
from lakip_xlsx.files import reason

SUFFIXES = (".xlsx", ".xlsm")
MARKED = ".temuan.xlsx"
_COPY = re.compile(r".*\.cadangan(?:-[0-9]+)?\.xls[xm]")
_LONGEST_NAME = 255
_MAGIC = frozenset("*?[")


class UsageError(LakipError):
    """What was asked for cannot be meant (exit code 2); nothing was done."""


@dataclass(frozen=True, slots=True)
class Source:
    """A workbook as it was named or found; ``inside`` is its path below the folder that was named."""

    place: str
    inside: PurePath


@dataclass(frozen=True, slots=True)
class Found:
    """The workbooks that are meant, and why some that may be meant are not among them."""

    sources: tuple[Source, ...]
    failures: tuple[str, ...]
    from_folders: bool  # whether a folder or a pattern was named, so that there may be many


def find(names: Sequence[str]) -> Found:
    """The workbooks behind paths, folders, patterns and addresses, in a fixed order.

    A pattern is looked up here because not every terminal does it. A file in a folder that is also named
    itself is taken once; a file that is named twice stays twice, for :func:`targets` to refuse.

    Raises:
        UsageError: a name is empty, which would mean the folder one happens to be in.
    """
    if not all(map(str.strip, names)):
        raise UsageError("Nama workbook kosong. Sebutkan berkas atau foldernya.")
    named: list[Source] = []
    listed: list[Source] = []
    failures: list[str] = []
    several = False
    for name in names:
        try:
            below = list(_below(name, failures))
        except LakipError as error:
            failures.append(str(error))
            continue
        if below == [None]:
            named.append(Source(name, PurePath(remote.name_of(name) if remote.is_address(name) else Path(name).name)))
        else:
            several = True
            listed += [source for source in below if source is not None]
    known = {_same(source.place) for source in named}
    for source in listed:
        if _same(source.place) not in known:
            known.add(_same(source.place))
            named.append(source)
    return Found(tuple(named), tuple(failures), several)


def _below(name: str, failures: list[str]) -> Iterator[Source | None]:
    """The workbooks in a folder or behind a pattern; a single None for what is neither."""
    if remote.is_address(name):
        yield from _at_address(name)
    elif is_local_folder(Path(name)):
        yield from _in_folder(Path(name), failures)
    elif _MAGIC.intersection(name) and not _exists(Path(name)):
        yield from _behind(name)
    else:
        yield None


def meant(name: str) -> str:
    """The workbook that a name of a missing file probably means: with an ending, or nearly the same; else empty."""
    path = Path(name)
    try:
        if path.exists():
            return ""
        found = [each for each in sorted(path.parent.iterdir()) if is_workbook(each.name)]
    except (OSError, ValueError):
        return ""
    known = {each.name.casefold(): each for each in found} | {each.stem.casefold(): each for each in reversed(found)}
    near = difflib.get_close_matches(path.name.casefold()[:_LONGEST_NAME], known, n=1, cutoff=0.8)
    return str(known[near[0]]) if near else ""


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def _at_address(address: str) -> Iterator[Source | None]:
    if address.casefold().endswith(SUFFIXES) and not _MAGIC.intersection(address):
        yield None
        return
    found = False
    for place, inside in remote.listing(address):
        if is_workbook(remote.name_of(place)):
            found = True
            yield Source(place, PurePath(inside))
    if not found:
        raise UnreadableError(f"{address}: tidak ada workbook ({', '.join(SUFFIXES)}) di sini.")


def _in_folder(folder: Path, failures: list[str]) -> Iterator[Source]:
    def refuse(error: OSError) -> None:
        failures.append(f"{error.filename}: folder ini tidak dapat dibuka ({reason(error)}).")

    found = False
    for root, folders, files in os.walk(folder, onerror=refuse):
        folders.sort()
        for name in sorted(files):
            if is_workbook(name):
                found = True
                place = Path(root) / name
                yield Source(str(place), place.relative_to(folder))
    if not found:
        raise UnreadableError(f"{folder}: folder ini tidak memuat workbook ({', '.join(SUFFIXES)}).")


def _behind(pattern: str) -> Iterator[Source]:
    parts = Path(pattern).parts
    steady = list(_steady(parts))
    root = Path(*steady)
    found = False
    for place in sorted(root.glob(str(Path(*parts[len(steady) :])))):
        if is_workbook(place.name) and not place.is_dir():
            found = True
            yield Source(str(place), place.relative_to(root))
    if not found:
        raise UnreadableError(f"{pattern}: tidak ada workbook ({', '.join(SUFFIXES)}) yang cocok.")


def _steady(parts: Iterable[str]) -> Iterator[str]:
    """The folders in front of the first part that is a pattern."""
    for part in parts:
        if _MAGIC.intersection(part):
            return
        yield part


def is_workbook(name: str) -> bool:
    """Whether a file in a folder is a workbook to work on: no lock file of Excel, no copy of ours."""
    plain = name.casefold()
    ours = plain.endswith(MARKED) or _COPY.fullmatch(plain)
    return plain.endswith(SUFFIXES) and not ours and not name.startswith(("~$", "._"))


def targets(sources: Sequence[Source], output: str | None, *, several: bool) -> list[str]:
    """The document of each workbook: beside it, or in the folder ``output`` in the same tree.

    Raises:
        UsageError: several workbooks into one file, two documents of one name (also where only capitals
            differ), over a workbook, or a name that is none of a Word document.
    """
    if output is None:
        found = [_document(source.place) for source in sources]
    elif is_folder(output) or (several and output):
        if not is_folder(output) and output.casefold().endswith(".docx"):
            raise UsageError(f"Untuk beberapa workbook, -o harus folder, bukan berkas: {output}")
        found = [_join(output, source.inside) for source in sources]
    else:
        found = [named("-o", output, ".docx")] * len(sources)
    _refuse_collisions(sources, found)
    return found


def named(option: str, name: str, suffix: str) -> str:
    """The name of a file that is to be written, with the suffix of its kind where it has none and is not there.

    Raises:
        UsageError: it names no file, or another kind of file.
    """
    last = PurePath(name)
    if last.name in {"", ".", ".."} or not name.strip():
        raise UsageError(f"{option}: ini bukan nama berkas. Sebutkan nama berkas {suffix}.")
    if last.suffix:
        if last.suffix.casefold() != suffix:
            raise UsageError(f"{option} {name}: hasilnya berkas {suffix}, jadi namanya harus berakhir {suffix}.")
        return name
    return name if not remote.is_address(name) and _exists(Path(name)) else f"{name}{suffix}"


def is_folder(output: str) -> bool:
    """Whether a name for the results says that it is a folder."""
    if output.endswith(("/", os.sep)):
        return True
    return bool(output) and not remote.is_address(output) and is_local_folder(Path(output))


def _document(place: str) -> str:
    if remote.is_address(place):
        return remote.with_suffix(place, ".docx")
    path = Path(place)
    return str(path.with_suffix(".docx") if path.name else path)


def _join(folder: str, inside: PurePath) -> str:
    name = inside.with_suffix(".docx") if inside.name else inside
    if remote.is_address(folder):
        return f"{folder.rstrip('/')}/{name.as_posix()}"
    return str(Path(folder) / name)


def _refuse_collisions(sources: Sequence[Source], found: Sequence[str]) -> None:
    together: defaultdict[str, list[str]] = defaultdict(list)
    for source, target in zip(sources, found, strict=True):
        together[_same(target)].append(source.place)
    doubled = [places for places in together.values() if len(places) > 1]
    if doubled:
        shown = "; ".join(" dan ".join(places[:3]) for places in doubled[:5])
        more = f"; dan {len(doubled) - 5} pasang lagi" if len(doubled) > 5 else ""
        raise UsageError(
            f"Dua workbook akan menjadi dokumen bernama sama: {shown}{more}. "
            "Ubah namanya, atau jalankan terpisah. Belum ada yang ditulis."
        )
    books = {_same(source.place) for source in sources}
    over = [target for target in found if _same(target) in books]
    if over:
        raise UsageError(f"Dokumen tidak boleh bernama sama dengan workbook: {over[0]}")


def _same(place: str) -> str:
    """A place in the form in which two names of one file are equal, also where capitals do not count."""
    whole = place if remote.is_address(place) else os.path.normpath(Path(place).absolute())
    return unicodedata.normalize("NFC", whole).casefold()


def make_folders(found: Iterable[str]) -> None:
    """Make the folders that the documents need.

    Raises:
        OutputError: one cannot be made.
    """
    for folder in sorted({Path(target).parent for target in found if not remote.is_address(target)}):
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise OutputError(f"Folder {folder} tidak dapat dibuat ({reason(error)}).") from error
