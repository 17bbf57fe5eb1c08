"""Profiles in files: `profile.toml` of an output folder, and any that a person names."""

from __future__ import annotations

import hashlib
from pathlib import Path

from ..errors import ConfigError
from ..templates import Profile

NAME = "profile.toml"


def load_profile(path: Path) -> Profile:
    """The profile in a file; ConfigError when there is none.

    >>> load_profile(Path("no/such/profile.toml"))
    Traceback (most recent call last):
        ...
    corpusclean.errors.ConfigError: the profile cannot be read: no such file or directory
      in no/such/profile.toml
      `corpusclean clean PAGES --out DIR` writes DIR/profile.toml
    """
    hint = f"`corpusclean clean PAGES --out DIR` writes DIR/{NAME}"
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        what = f"the profile cannot be read: {(error.strerror or str(error)).lower()}"
        raise ConfigError(what, where=str(path), hint=hint) from error
    except UnicodeDecodeError as error:
        raise ConfigError("the profile is not UTF-8", where=str(path), hint=hint) from error
    return Profile.read(text, str(path))


def profile_entry(profile: Profile) -> dict[str, object]:
    """What the manifest says of the profile of a run.

    >>> profile_entry(Profile())["sites"]
    0
    """
    digest = hashlib.sha256(profile.toml().encode()).hexdigest()
    return {"file": NAME, "sha256": digest, "sites": len(profile.sites), "lines": profile.size()}
