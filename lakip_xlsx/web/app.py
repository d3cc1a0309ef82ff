"""The pages: which addresses there are, and what each answers."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from lakip_xlsx import __version__
from lakip_xlsx.errors import LakipError
from lakip_xlsx.guard.limits import MIB
from lakip_xlsx.layouts.catalog import LAYOUTS
from lakip_xlsx.show.groups import SORTS, Sort
from lakip_xlsx.web import preview, shown, starts, tables
from lakip_xlsx.web.desk import REPORT, Desk, FullError, Session, Task, Work
from lakip_xlsx.web.forward import FORWARD, Forwarded
from lakip_xlsx.web.safety import COOKIE, UNKNOWN, Attempts, Doors, Guard, Refusal
from lakip_xlsx.web.sent import attachment, putter, shown_name
from lakip_xlsx.web.tables import Imported
from lakip_xlsx.word.office.soffice import find_soffice

_STATIC = Path(__file__).parent / "statis"
_KINDS = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_XLSM = "application/vnd.ms-excel.sheet.macroEnabled.12"
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_WORKBOOKS = (".xlsx", ".xlsm")
_BROKEN = (MultiPartException, HTTPException, ClientDisconnect)  # what a form that cannot be read raises
_UNSAVED = "tidak dapat disimpan di komputer ini. Periksa ruang penyimpanannya."
_BROKEN_TEXT = "Kiriman tidak lengkap. Kirim sekali lagi berkasnya."


def make_app(desk: Desk, doors: Doors, leave: Callable[[], None] | None = None) -> ASGIApp:
    """The whole application, behind its guard. ``leave`` ends the program; without, the page does not offer it."""
    pages = _Pages(desk, doors, leave)
    routes = [
        Route("/", pages.door),
        Route("/masuk", pages.enter, methods=["POST"]),
        Route("/statis/{name}", pages.static),
        Route("/{key}/", pages.home),
        Route("/{key}/daftar", pages.listed),
        Route("/{key}/berkas", pages.take, methods=["POST"]),
        Route("/{key}/lanjut", pages.take_last, methods=["POST"]),
        Route("/{key}/impor", pages.take_tables, methods=["POST"]),
        Route("/{key}/kosong", pages.blank, methods=["POST"]),
        Route("/{key}/ada", pages.alive, methods=["POST"]),
        Route("/{key}/tutup", pages.closed, methods=["POST"]),
        Route("/{key}/selesai", pages.leave, methods=["POST"]),
        Route("/{key}/kerja/{work}", pages.work),
        Route("/{key}/kerja/{work}/keadaan", pages.state),
        Route("/{key}/kerja/{work}/henti", pages.stop, methods=["POST"]),
        Route("/{key}/kerja/{work}/hapus", pages.remove, methods=["POST"]),
        Route("/{key}/kerja/{work}/ambil/{what}", pages.fetch),
        Route("/{key}/kerja/{work}/halaman/{number:int}", pages.picture),
    ]
    handlers = {404: pages.missing, 405: pages.missing, 500: pages.failed}
    return Guard(Starlette(routes=routes, exception_handlers=handlers), desk, doors, pages.refused)


class _Pages:
    def __init__(self, desk: Desk, doors: Doors, leave: Callable[[], None] | None) -> None:
        self._desk = desk
        self._doors = doors
        self._leave = leave
        self._attempts = Attempts(time.monotonic)
        self._templates = Environment(
            loader=PackageLoader("lakip_xlsx.web", "templat"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
        )

    # -- before the token ------------------------------------------------------------------------------------

    async def door(self, request: Request) -> Response:
        """Ask for the password; without one, the address with the token is the way in."""
        if not self._doors.password:
            return self._message(request, 404, "Laman ini dibuka dari jendela programnya", UNKNOWN)
        return self._page(request, "masuk.html", said="")

    async def enter(self, request: Request) -> Response:
        """A password: open a session for whoever knows it."""
        if not self._doors.password:
            return await self.missing(request, Exception())
        if self._attempts.must_wait():
            said = "Terlalu banyak kata sandi yang keliru. Tunggu satu menit, lalu coba lagi."
            return self._page(request, "masuk.html", status=429, said=said)
        async with request.form(max_files=0, max_fields=5) as form:
            given = str(form.get("sandi", ""))
        if not secrets.compare_digest(given.encode("utf-8", "replace"), self._doors.password.encode()):
            self._attempts.note()
            return self._page(request, "masuk.html", status=403, said="Kata sandinya keliru.")
        try:
            session = self._desk.open()
        except FullError as error:
            return self._page(request, "masuk.html", status=503, said=str(error))
        answer = RedirectResponse(f"/{session.key}/", 303)
        answer.set_cookie(
            COOKIE,
            session.secret,
            path=f"/{session.key}/",
            httponly=True,
            samesite="strict",
            secure=self._doors.is_encrypted,
        )
        return answer

    async def static(self, request: Request) -> Response:
        """A style sheet, a script or a picture of ours."""
        place = {each.name: each for each in _STATIC.iterdir()}.get(request.path_params["name"])
        if place is None or place.suffix not in _KINDS:
            return await self.missing(request, Exception())
        return Response(place.read_bytes(), media_type=_KINDS[place.suffix])

    # -- behind the token ------------------------------------------------------------------------------------

    async def home(self, request: Request) -> Response:
        """The page that workbooks are dropped on."""
        return self._page(
            request,
            "awal.html",
            starts=starts.STARTS,
            layouts=LAYOUTS,
            largest=self._doors.largest // MIB,
            pdf=tables.reads_pdf(),
            office=find_soffice() is not None,
            rows=self._rows(request),
            can_leave=self._leave is not None,
            shared=bool(self._doors.password),
            busy=self._busy(request),
        )

    async def listed(self, request: Request) -> Response:
        """The list of workbooks alone, for a page that is open."""
        return self._page(request, "daftar.html", rows=self._rows(request), busy=self._busy(request))

    async def take(self, request: Request) -> Response:
        """Workbooks that were sent to be checked."""
        return await self._taken(request, REPORT)

    async def take_last(self, request: Request) -> Response:
        """Last year's workbook, sent to become this year's."""
        return await self._taken(request, FORWARD)

    async def _taken(self, request: Request, task: Task) -> Response:
        session, refused, taken = _session(request), list[str](), list[Work]()
        try:
            async with request.form(max_files=200, max_fields=5) as form:
                for sent in _files(form, "berkas"):
                    await self._take(session, sent, task, taken, refused)
        except _BROKEN:
            refused.append(_BROKEN_TEXT)
        if not refused and not taken:
            refused.append("Tidak ada berkas yang dipilih.")
        return self._answered(request, taken, refused)

    async def take_tables(self, request: Request) -> Response:
        """Foreign tables, sent to fill a workbook that was sent with them, or a new one."""
        taken, refused = list[Work](), list[str]()
        try:
            async with request.form(max_files=tables.MOST + 1, max_fields=10) as form:
                sources, books = _files(form, "sumber"), _files(form, "workbook")
                given = {name: value for name, value in form.items() if isinstance(value, str)}
                order = tables.order_of(given, _names(sources), _names(books))
                put = partial(order.put, [putter(each.file) for each in sources], [putter(each.file) for each in books])
                taken.append(await run_in_threadpool(self._desk.take, _session(request), order.title, put, order.task))
        except _BROKEN:
            refused.append(_BROKEN_TEXT)
        except LakipError as error:
            refused.append(str(error))
        except OSError:
            refused.append(f"Kiriman {_UNSAVED}")
        return self._answered(request, taken, refused)

    def _answered(self, request: Request, taken: list[Work], refused: list[str]) -> Response:
        """What became of files that were sent."""
        session = _session(request)
        if "application/json" in request.headers.get("accept", ""):
            told = {"diterima": [work.key for work in taken], "ditolak": refused}
            return JSONResponse(told, 400 if refused else 200)
        if refused:
            title = "Tidak semua berkas diterima" if taken else "Berkas tidak diterima"
            return self._message(request, 400, title, " ".join(refused))
        place = f"/{session.key}/kerja/{taken[0].key}" if len(taken) == 1 else f"/{session.key}/"
        return RedirectResponse(place, 303)

    async def _take(
        self, session: Session, sent: UploadFile, task: Task, taken: list[Work], refused: list[str]
    ) -> None:
        name = shown_name(sent.filename or "")
        if not name.casefold().endswith(_WORKBOOKS) or name.startswith("~$"):
            refused.append(f"{name}: bukan workbook Excel (.xlsx atau .xlsm).")
            return
        try:
            taken.append(await run_in_threadpool(self._desk.take, session, name, putter(sent.file), task))
        except FullError as error:
            refused.append(f"{name}: {error}")
        except OSError:
            refused.append(f"{name}: {_UNSAVED}")

    async def blank(self, request: Request) -> Response:
        """A workbook to start from."""
        async with request.form(max_files=0, max_fields=10) as form:
            given = {name: str(value) for name, value in form.items()}
        try:
            name, data = await run_in_threadpool(starts.make, given)
        except LakipError as error:
            return self._message(request, 400, "Workbook tidak dibuat", str(error))
        return Response(data, media_type=_XLSX, headers={"Content-Disposition": attachment(name)})

    async def alive(self, request: Request) -> Response:
        """A page is still open."""
        self._desk.alive(_session(request), await _page_of(request))
        return Response(status_code=204)

    async def closed(self, request: Request) -> Response:
        """A page was closed."""
        self._desk.closed(_session(request), await _page_of(request))
        return Response(status_code=204)

    async def leave(self, request: Request) -> Response:
        """End the program, where the page is for one person."""
        if self._leave is None:
            return await self.missing(request, Exception())
        self._leave()
        return self._message(
            request, 200, "Laman ditutup", "Semua berkas di laman ini dihapus. Jendela ini boleh ditutup.", back=False
        )

    async def work(self, request: Request) -> Response:
        """One workbook: how far it is, or what was found."""
        work = _work(request)
        if work is None:
            return self._message(request, 404, "Berkas ini sudah dihapus", UNKNOWN)
        outcome = work.outcome
        if not work.is_over or outcome is None or work.state == "dihentikan":
            return self._page(request, "tunggu.html", work=work, progress=shown.progress(work))
        if outcome.failure:
            said = shown.failure(outcome)
            return self._page(request, "gagal.html", work=work, said=said, ours=shown.is_our_fault(outcome))
        if isinstance(outcome, Forwarded):
            return self._page(request, "lanjutan.html", work=work, outcome=outcome, headline=shown.headline(work))
        if isinstance(outcome, Imported):
            return self._page(request, "impor.html", work=work, outcome=outcome, headline=shown.headline(work))
        chosen = request.query_params.get("jenis", "")
        only = Sort(chosen) if chosen in set(Sort) else None
        return self._page(
            request,
            "hasil.html",
            work=work,
            outcome=outcome,
            headline=shown.headline(work),
            tally=shown.tally(outcome.findings),
            sorts=SORTS,
            only=only,
            parts=shown.parts(outcome.findings, only),
            explained=list(shown.explained(outcome.findings, outcome.accepted)),
            skipped=shown.skipped(outcome.skipped),
            pages=preview.count(_result(work, "pdf")),
        )

    async def state(self, request: Request) -> Response:
        """How far a workbook is, for a page that is open."""
        work = _work(request)
        if work is None:
            return JSONResponse({"selesai": True})
        told = shown.progress(work)
        return JSONResponse({"selesai": work.is_over, "teks": told.text, "langkah": told.step, "dari": told.steps})

    async def stop(self, request: Request) -> Response:
        """End the work on a workbook."""
        work = _work(request)
        if work is not None:
            self._desk.stop(work)
        return RedirectResponse(f"/{_session(request).key}/", 303)

    async def remove(self, request: Request) -> Response:
        """Throw a workbook away."""
        work, session = _work(request), _session(request)
        if work is not None:
            await run_in_threadpool(self._desk.remove, session, work)
        return RedirectResponse(f"/{session.key}/", 303)

    async def fetch(self, request: Request) -> Response:
        """The document, the marked copy or the PDF."""
        work, what = _work(request), request.path_params["what"]
        place = _result(work, what) if work is not None and work.is_over and what in _RESULTS else None
        if work is None or place is None or not place.is_file():
            return self._message(request, 404, "Berkas ini tidak ada", UNKNOWN)
        ending, kind = _RESULTS[what]
        if isinstance(work.outcome, Forwarded | Imported):
            file = work.outcome.file
            kind = _XLSM if file.casefold().endswith(".xlsm") else _XLSX
            return FileResponse(place, media_type=kind, headers={"Content-Disposition": attachment(file)})
        ending = ".temuan.xlsm" if place.suffix == ".xlsm" else ending
        kind = _XLSM if place.suffix == ".xlsm" else kind
        name = work.name.rpartition(".")[0] + ending
        return FileResponse(place, media_type=kind, headers={"Content-Disposition": attachment(name)})

    async def picture(self, request: Request) -> Response:
        """A page of the document."""
        work, number = _work(request), request.path_params["number"]
        if work is not None and work.is_over:
            pdf = _result(work, "pdf")
            if 1 <= number <= await run_in_threadpool(preview.count, pdf):
                place = await run_in_threadpool(preview.page, pdf, number)
                if place is not None:
                    return FileResponse(place, media_type="image/png")
        return self._message(request, 404, "Halaman ini tidak ada", UNKNOWN)

    # -- what goes wrong -------------------------------------------------------------------------------------

    async def missing(self, request: Request, _: Exception) -> Response:
        """There is no such page."""
        return self._message(request, 404, "Laman ini tidak ada", UNKNOWN)

    async def failed(self, request: Request, _: Exception) -> Response:
        """A fault of our own."""
        said = "Ini kesalahan program, bukan kesalahan Anda. Berkas lain tidak terpengaruh; muat ulang laman ini."
        return self._message(request, 500, "Program gagal", said)

    def refused(self, scope: Scope, refusal: Refusal) -> ASGIApp:
        """The answer of the guard."""

        async def answer(scope: Scope, receive: Receive, send: Send) -> None:
            request = Request(scope)
            if "application/json" in request.headers.get("accept", ""):
                response: Response = JSONResponse({"diterima": [], "ditolak": [refusal.text]}, refusal.status)
            else:
                response = self._message(request, refusal.status, "Permintaan ditolak", refusal.text)
            response.headers["Connection"] = "close"
            await response(scope, receive, send)

        del scope
        return answer

    # -- drawing ---------------------------------------------------------------------------------------------

    def _rows(self, request: Request) -> list[tuple[Work, shown.Progress]]:
        return [(work, shown.progress(work)) for work in _session(request).works.values()]

    def _busy(self, request: Request) -> bool:
        return any(not work.is_over for work in _session(request).works.values())

    def _message(self, request: Request, status: int, title: str, said: str, *, back: bool = True) -> Response:
        return self._page(request, "pesan.html", status=status, title=title, said=said, back=back)

    def _page(self, request: Request, template: str, *, status: int = 200, **given: object) -> Response:
        session: Session | None = request.scope.get("session")
        base = f"/{session.key}" if session else ""
        if session and request.method == "GET" and template != "daftar.html":
            self._desk.arrive(session)
        names: Mapping[str, object] = {"base": base, "version": __version__, "page": secrets.token_urlsafe(9), **given}
        return HTMLResponse(self._templates.get_template(template).render(names), status)


_RESULTS = {"dokumen": (".docx", _DOCX), "salinan": (".temuan.xlsx", _XLSX), "pdf": (".pdf", "application/pdf")}


def _result(work: Work, what: str) -> Path:
    """Where a result is; the work itself says where, never a name that was sent."""
    outcome = work.outcome
    names = {"dokumen": outcome.document, "salinan": outcome.marked, "pdf": outcome.pdf} if outcome else {}
    return Path(names.get(what) or work.folder / "tidak-ada")


def _session(request: Request) -> Session:
    session = request.scope["session"]
    if not isinstance(session, Session):
        raise LookupError("the guard lets nobody in without a session")
    return session


def _work(request: Request) -> Work | None:
    return _session(request).works.get(request.path_params["work"])


def _files(form: FormData, field: str) -> list[UploadFile]:
    """The files of a field; one in which nothing was chosen sends a file without a name."""
    return [sent for sent in form.getlist(field) if isinstance(sent, UploadFile) and sent.filename]


def _names(files: list[UploadFile]) -> list[str]:
    return [shown_name(sent.filename or "") for sent in files]


async def _page_of(request: Request) -> str:
    return (await request.body())[:40].decode("ascii", "replace")
