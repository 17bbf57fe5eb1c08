"""The command line: arguments in, a run of the api, results and messages out.

Results go to standard output, everything else to standard error, so that a pipe sees results only. One
module per command, loaded when that command is asked for, and inside it what is heavy is imported when
the command runs: `corpusclean --help` reads neither rules nor language models. A command raises
`CorpuscleanError`s; `main` is the one place that turns errors into messages and exit codes:

    0  done
    1  done, but some inputs failed: they are listed, the others are written
    2  a wrong call: an unknown option, no input, a setting that cannot be
    130  stopped by Ctrl-C
"""

from __future__ import annotations

import sys
from typing import NoReturn

import click

from ..errors import ConfigError, CorpuscleanError
from .app import app
from .messages import tell, wrong_call

__all__ = ["main"]


def main() -> NoReturn:
    """Run the command line with the arguments of the process, and end the process."""
    for stream in (sys.stdout, sys.stderr):
        # UTF-8 whatever the locale says; a lone surrogate in a page is no reason to stop.
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    sys.exit(_exit_code())


def _exit_code() -> int:
    try:
        code = app.main(prog_name="corpusclean", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        return 2
    except click.UsageError as error:
        tell(wrong_call(error))
        return 2
    except CorpuscleanError as error:
        tell(error)
        return 2 if isinstance(error, ConfigError) else 1
    except (click.Abort, KeyboardInterrupt):
        tell(CorpuscleanError("stopped by Ctrl-C", hint="what was being written is left out"))
        return 130
    except OSError as error:
        tell(CorpuscleanError((error.strerror or str(error)).lower(), where=error.filename))
        return 1
    return code if isinstance(code, int) else 0
