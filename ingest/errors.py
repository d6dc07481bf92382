"""What can go wrong while reading a file, each told in Chinese with its place and a remedy.

The messages are shown to people as they are; ``code`` names the case for programs.
"""

from __future__ import annotations

from typing import ClassVar


class IngestError(Exception):
    """A file that cannot be taken, with file, line or page and what to do about it.

    All arguments are positional so that the error survives the way out of a worker process.
    """

    code: ClassVar[str] = "ingest_error"
    default_remedy: ClassVar[str] = "请检查该文件后重新导入"

    def __init__(
        self,
        problem: str,
        file: str = "",
        line: int | None = None,
        page: int | None = None,
        remedy: str = "",
    ) -> None:
        super().__init__(problem, file, line, page, remedy)
        self.problem = problem
        self.file = file
        self.line = line
        self.page = page
        self.remedy = remedy or self.default_remedy

    @property
    def place(self) -> str:
        """File with line or page, as far as they are known."""
        where = ""
        if self.page is not None:
            where += f"第{self.page}页"
        if self.line is not None:
            where += f"第{self.line}行"
        return f"《{self.file}》{where}" if self.file else where

    def __str__(self) -> str:
        place = f"{self.place}：" if self.place else ""
        return f"{place}{self.problem}。处理办法：{self.remedy}。"


class UnreadableFile(IngestError):
    """Damaged, binary, or in an encoding that is neither UTF-8 nor GB18030."""

    code = "unreadable"
    default_remedy = "请用原软件打开确认文件完好，另存后重新导入"


class EmptyFile(IngestError):
    """No bytes, or nothing but white space."""

    code = "empty"
    default_remedy = "请重新取得该文件后再导入"


class TruncatedFile(IngestError):
    """The file stops before its end: an interrupted download or copy."""

    code = "truncated"
    default_remedy = "请重新下载完整的文件后再导入"


class EncryptedFile(IngestError):
    """A password is needed to read the file."""

    code = "encrypted"
    default_remedy = "请用密码打开后另存为不加密的文件，再重新导入"


class ScannedFile(IngestError):
    """Pictures of pages without any text layer."""

    code = "scanned"
    default_remedy = "请取得带文字的原件，或先做文字识别（OCR）并核对后再导入"


class UnknownFormat(IngestError):
    """A kind of file that no reader takes."""

    code = "unknown_format"
    default_remedy = "请另存为 PDF（带文字）、DOCX、XLSX、HTML 或文本文件后再导入"


class UnsafeArchive(IngestError):
    """An archive that unpacks to more than is reasonable, or is nested too deeply."""

    code = "unsafe_archive"
    default_remedy = "请解压后把其中的文件或文件夹直接导入"


class MissingPath(IngestError):
    """A path on the command line that does not exist."""

    code = "missing_path"
    default_remedy = "请检查路径是否写对"


class NotADisclosure(IngestError):
    """Readable, but no 部门预算 or 部门决算 of any department."""

    code = "not_a_disclosure"
    default_remedy = "如确是部门预算或决算公开文件，请核对文件内容是否完整；否则不必导入"
