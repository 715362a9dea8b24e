"""Files of customers and notes: taken by what they hold, kept once, out of reach of who may not see them."""

import io
import os
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image

from jinzita.activities import services
from jinzita.activities.fields.file_kinds import KINDS, kind_of, safe_name
from jinzita.activities.models import File, FileContent
from jinzita.activities.services.files import keeping as files
from jinzita.activities.services.files import store as file_store
from jinzita.customers import services as customers
from jinzita.customers.tests.world import BOSS, get, post
from jinzita.kernel.models import AuditEntry

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\nendobj\n"


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.FILE_FOLDER = tmp_path / "files"
    return settings.FILE_FOLDER


def picture(form="PNG", size=(900, 600), **more):
    content = io.BytesIO()
    Image.new("RGB", size, "#C8912B").save(content, form, **more)
    return content.getvalue()


def removed(company):
    return [
        (one["kind"], one["title"])
        for one in get(company.seller, f"/customers/{company.mine}/removed").json()
    ]


def packed(*names):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return content.getvalue()


def send(client, path, name, content):
    given = SimpleUploadedFile(name, content, content_type="text/html")
    return client.post(f"/api/v1{path}", {"file": given})


def added(company, name="报价.pdf", content=PDF):
    answer = send(company.seller, f"/customers/{company.mine}/files", name, content)
    assert answer.status_code == 201, answer.content
    return answer.json()


def on_disk(folder):
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def test_a_file_comes_back_byte_for_byte_and_harmless(company, folder):
    one = added(company)
    assert (one["name"], one["kind"], one["size"], one["may_remove"]) == ("报价.pdf", "pdf", len(PDF), True)
    answer = get(company.seller, f"/files/{one['id']}/content")
    assert answer.getvalue() == PDF
    assert answer["Content-Disposition"] == "attachment; filename*=utf-8''%E6%8A%A5%E4%BB%B7.pdf"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert "no-store" in answer["Cache-Control"]
    page = get(company.seller, f"/customers/{company.mine}/timeline", kinds="file", q="报价").json()
    assert [(row["title"], row["detail"]) for row in page["items"]] == [
        ("报价.pdf", {"kind": "pdf", "size": len(PDF), "preview": False})
    ]
    assert (
        get(company.seller, f"/customers/{company.mine}/timeline", kinds="file", q="x").json()["items"] == []
    )
    lines = AuditEntry.objects.filter(subject_type="file", subject_id=one["id"]).order_by("id")
    assert [line.action for line in lines] == ["upload", "download"]
    assert lines[0].changes["customer_id"] == company.mine


def test_files_of_a_note_stand_with_the_note(company):
    note = post(company.seller, f"/customers/{company.mine}/notes", {"text": "见附件", "pinned": True}).json()
    one = send(company.seller, f"/notes/{note['id']}/files", "a.pdf", PDF).json()
    door = f"/customers/{company.mine}/timeline"
    (row,) = get(company.seller, door, kinds="note,file").json()["items"]
    assert row["kind"] == "note"
    assert [(file["id"], file["name"]) for file in row["detail"]["files"]] == [(one["id"], "a.pdf")]
    assert get(company.seller, f"/notes/{note['id']}").json()["files"][0]["id"] == one["id"]
    (pinned,) = get(company.seller, f"/customers/{company.mine}/notes/pinned").json()
    assert pinned["files"][0]["name"] == "a.pdf"
    assert [
        file["note_id"] for file in get(company.seller, f"/customers/{company.mine}/files").json()["items"]
    ] == [note["id"]]
    company.seller.delete(f"/api/v1/notes/{note['id']}")
    assert get(company.seller, f"/files/{one['id']}/content").status_code == 404
    assert get(company.seller, f"/customers/{company.mine}/files").json()["items"] == []


def test_who_does_not_see_the_customer_finds_no_file(company):
    one = added(company, "a.png", picture())
    note = post(company.seller, f"/customers/{company.mine}/notes", {"text": "x"}).json()
    stranger = company.other_seller
    for asked in (
        get(stranger, f"/customers/{company.mine}/files"),
        get(stranger, f"/files/{one['id']}/content"),
        get(stranger, f"/files/{one['id']}/preview"),
        stranger.delete(f"/api/v1/files/{one['id']}"),
        send(stranger, f"/customers/{company.mine}/files", "a.pdf", PDF),
        send(stranger, f"/notes/{note['id']}/files", "a.pdf", PDF),
    ):
        assert asked.status_code == 404
    assert send(company.reader, f"/customers/{company.mine}/files", "a.pdf", PDF).status_code == 403
    assert send(company.reader, f"/notes/{note['id']}/files", "a.pdf", PDF).status_code == 403
    assert get(company.reader, f"/files/{one['id']}/content").status_code == 200
    assert company.reader.delete(f"/api/v1/files/{one['id']}").status_code == 403
    bosses = services.write_note(by=BOSS, customer_id=company.mine, text="x", now=datetime.now(UTC)).note
    assert send(company.seller, f"/notes/{bosses.pk}/files", "a.pdf", PDF).status_code == 409


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.pdf", PDF, "pdf"),
        ("a.exe", PDF, "pdf"),
        ("a", picture("PNG"), "png"),
        ("a.jpg", picture("JPEG"), "jpeg"),
        ("a", picture("WEBP"), "webp"),
        ("a", picture("GIF"), "gif"),
        ("a", packed("[Content_Types].xml", "word/document.xml"), "docx"),
        ("a", packed("[Content_Types].xml", "xl/workbook.xml"), "xlsx"),
        ("a", packed("[Content_Types].xml", "ppt/presentation.xml"), "pptx"),
        ("a", packed("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"), None),
        ("a.docx", packed("readme.txt"), "zip"),
        ("a.zip", b"PK\x03\x04 cut off", None),
        ("a.csv", "客户,金额\n".encode("gb18030"), "csv"),
        ("a.csv", "﻿客户,金额".encode(), "csv"),
        ("a.csv", "客户,金额".encode("utf-16"), "csv"),
        ("a.html", b"<script>alert(1)</script>", "txt"),
        ("a.txt", b"\x00\x01binary", None),
        ("a.pdf", b"MZ\x90\x00\x03\x00\x00", None),
        ("a.png", b"\x7fELF\x02\x01\x01\x00", None),
        ("a.txt", "半个字".encode()[:-1] + b"\xff", None),
    ],
)  # fmt: skip
def test_a_kind_is_known_by_what_a_file_holds(tmp_path, name, content, kind):
    path = tmp_path / "given"
    path.write_bytes(content)
    found = kind_of(path, name)
    assert (found.code if found else None) == kind


def test_other_kinds_sizes_and_nothing_at_all_are_refused_in_words(company, settings, folder):
    def code(name, content):
        answer = send(company.seller, f"/customers/{company.mine}/files", name, content)
        assert answer.status_code in (413, 422), answer.content
        return answer.json()["details"][0]["code"] if answer.status_code == 422 else answer.json()["code"]

    assert code("invoice.pdf", b"MZ\x90\x00\x03\x00") == "kind_not_allowed"
    assert code("a.txt", b"") == "empty"
    settings.FILE_KINDS = ["png"]
    assert code("a.pdf", PDF) == "kind_not_allowed"
    settings.FILE_MAX_BYTES = 10
    assert code("a.pdf", PDF) == "file_too_large"
    bare = company.seller.post(f"/api/v1/customers/{company.mine}/files")
    assert bare.json()["details"][0]["code"] == "missing"
    assert get(company.seller, "/files/rules").json() == {"most_bytes": 10, "kinds": ["png"]}
    assert on_disk(folder) == []
    assert not File.objects.exists()


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\\\temp\\\\报价.PDF", "报价.PDF"),
        ("a\u202efdp.exe", "afdp.exe.pdf"),
        ("a\x00\n b\t.pdf", "a b.pdf"),
        ("   ...   ", "file.pdf"),
        ("", "file.pdf"),
        ("合同".encode().decode("latin-1") + ".pdf", "合同.pdf"),
        ("合同.pdf".encode("gb18030").decode(errors="replace"), "__ͬ.pdf"),
        ("e\u0301.pdf", "é.pdf"),
        ("长" * 400 + ".pdf", "长" * 196 + ".pdf"),
        ("photo.jpg", "photo.jpg.pdf"),
    ],
)  # fmt: skip
def test_names_from_anywhere_become_names(given, kept):
    found = safe_name(given, KINDS["pdf"])
    assert found == kept
    assert len(found) <= 200


def test_a_name_in_another_encoding_that_says_so_is_read(company):
    border = "x"
    head = "Content-Disposition: form-data; name=file; filename*=GB18030''" + "%BA%CF%CD%AC.pdf"
    body = f"--{border}\r\n{head}\r\n\r\n".encode() + PDF + f"\r\n--{border}--\r\n".encode()
    answer = company.seller.generic(
        "POST", f"/api/v1/customers/{company.mine}/files", body,
        content_type=f"multipart/form-data; boundary={border}",
    )  # fmt: skip
    assert answer.json()["name"] == "合同.pdf"


def test_the_same_content_is_kept_once_and_goes_with_its_last_file(company, settings, folder):
    one, two = added(company, "a.png", picture()), added(company, "b.png", picture())
    (content,) = FileContent.objects.all()
    assert on_disk(folder) == [content.pk, f"{content.pk}.preview"]
    assert file_store.path_of(content.pk).parent.parent.name == content.pk[:2]
    now = datetime.now(UTC)
    later = now + timedelta(days=settings.TRASH_DAYS, minutes=1)
    door = f"/files/{one['id']}"
    assert company.seller.delete(f"/api/v1{door}").status_code == 204
    assert get(company.seller, f"{door}/content").status_code == 404
    assert post(company.seller, f"{door}/restore", {}).status_code == 200
    company.seller.delete(f"/api/v1{door}")
    assert files.purge_files(now=now) == 0
    assert files.purge_files(now=later) == 1
    assert get(company.seller, f"/files/{two['id']}/content").getvalue() == picture()
    company.seller.delete(f"/api/v1/files/{two['id']}")
    assert files.purge_files(now=later) == 1
    assert on_disk(folder) == []
    assert not FileContent.objects.exists()


def test_with_its_customer_gone_a_file_goes_at_night(company, folder):
    added(company)
    customers.trash_customer(by=BOSS, customer_id=company.mine, now=datetime.now(UTC))
    customers.purge_customer(by=BOSS, customer_id=company.mine)
    assert len(on_disk(folder)) == 1
    assert files.clean_files(now=datetime.now(UTC)) == 1
    assert on_disk(folder) == []


def test_what_a_killed_worker_left_goes_and_what_is_named_stays(company, folder):
    one = added(company)
    lost = file_store.path_of("0" * 64)
    lost.parent.mkdir(parents=True)
    for path in (lost, folder / "incoming" / "1234", folder / "incoming" / "fresh", folder / "notes.txt"):
        path.write_bytes(b"x")
    old = (datetime.now(UTC) - timedelta(days=2)).timestamp()
    for path in folder.rglob("*"):
        if path.is_file() and path.name != "fresh":
            os.utime(path, (old, old))
    assert files.clean_files(now=datetime.now(UTC)) == 2
    content = File.objects.get(pk=one["id"]).content_id
    assert on_disk(folder) == sorted([content, "fresh", "notes.txt"])


def test_pictures_have_a_small_one_without_what_the_camera_wrote(company, folder):
    exif = Image.Exif()
    exif[0x010F] = "secret camera"
    one = added(company, "a.jpg", picture("JPEG", (1600, 900), exif=exif))
    assert one["preview"] is True
    answer = get(company.seller, f"/files/{one['id']}/preview")
    small = Image.open(io.BytesIO(answer.getvalue()))
    assert (small.format, small.size) == ("WEBP", (480, 270))
    assert b"secret camera" not in b"".join([answer.getvalue()])
    assert answer["Content-Security-Policy"].startswith("sandbox")
    broken = added(company, "b.png", picture()[:60])
    assert broken["preview"] is False
    assert get(company.seller, f"/files/{broken['id']}/preview").status_code == 404
    huge = added(company, "c.png", picture(size=(20_000, 3_000)))
    assert huge["preview"] is False


def test_the_companys_scanner_is_asked(company, settings, tmp_path, folder):
    script = tmp_path / "scan.sh"
    script.write_text('#!/bin/sh\ngrep -q EICAR "$2" && exit 1\ngrep -q BROKEN "$2" && exit 2\nexit 0\n')
    script.chmod(0o700)
    settings.FILE_SCANNER = f"{script} --quiet"
    door = f"/customers/{company.mine}/files"
    assert send(company.seller, door, "a.txt", b"fine").status_code == 201
    refused = send(company.seller, door, "a.txt", b"EICAR")
    assert (refused.status_code, refused.json()["details"][0]["code"]) == (422, "refused_by_scanner")
    failed = send(company.seller, door, "a.txt", b"BROKEN")
    assert (failed.status_code, failed.json()["code"]) == (409, "not_scanned")
    settings.FILE_SCANNER = "/nowhere/scanner"
    assert send(company.seller, door, "a.txt", b"fine").json()["code"] == "not_scanned"
    assert len(on_disk(folder)) == 1


def test_a_merge_takes_the_files_along(company):
    one = added(company)
    merged = post(
        company.administrator, "/customers/merge",
        {"survivor_id": company.theirs, "ids": [company.theirs, company.mine]},
    )  # fmt: skip
    assert merged.status_code in (200, 201), merged.content
    (found,) = get(company.other_seller, f"/customers/{company.theirs}/files").json()["items"]
    assert found["id"] == one["id"]
    assert get(company.other_seller, f"/files/{one['id']}/content").getvalue() == PDF


def test_a_page_of_notes_with_files_asks_few_queries(company):
    now = datetime.now(UTC)
    for day in range(5):
        note = services.write_note(by=BOSS, customer_id=company.mine, text="x", now=now).note
        files.add_to_note(by=BOSS, note_id=note.pk, name=f"{day}.txt", chunks=[b"x"], now=now)
    with CaptureQueriesContext(connection) as asked:
        page = get(company.seller, f"/customers/{company.mine}/timeline", kinds="note").json()
    assert all(one["detail"]["files"] for one in page["items"])
    assert len(asked) <= 8, [one["sql"] for one in asked]
    assert Path(file_store.path_of(FileContent.objects.get().pk)).read_bytes() == b"x"


def test_a_file_in_the_trash_is_found_but_not_beside_the_note_it_went_with(company):
    alone = added(company, "单独.pdf")
    note = post(company.seller, f"/customers/{company.mine}/notes", {"text": "附件"}).json()
    send(company.seller, f"/notes/{note['id']}/files", "随附.pdf", PDF)
    company.seller.delete(f"/api/v1/files/{alone['id']}")
    company.seller.delete(f"/api/v1/notes/{note['id']}")
    assert removed(company) == [("note", "附件"), ("file", "单独.pdf")]
    assert post(company.seller, f"/files/{alone['id']}/restore", {}).status_code == 200
    assert post(company.seller, f"/notes/{note['id']}/restore", {}).status_code == 200
    assert removed(company) == []
    names = {one["name"] for one in get(company.seller, f"/customers/{company.mine}/files").json()["items"]}
    assert names == {"单独.pdf", "随附.pdf"}
