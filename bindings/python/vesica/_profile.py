"""Profiles: the rules that make two keys the same."""

from __future__ import annotations


from . import _core, _errors
from ._table import Table

ENCODINGS = {"plain": 0, "hex": 1, "base64": 2}


class Profile:
    """A rule that makes two keys the same, such as ``"email/1"``.

    Parameters
    ----------
    name : str, default "email/1"
        One of `profiles`.
    secret : bytes, optional
        16 random bytes or more: hashes are keyed with it, so that who gets an image without it cannot test guesses.
        It does not protect from a partner who holds it too.
    country : str, optional
        ISO 3166-1 alpha-2, such as ``"DE"``, for profiles of phone numbers that need it.
    hash_bits : {64, 128}, default 64

    Examples
    --------
    >>> Profile("email/1").canonicalize(" Ann@Example.COM ")
    b'ann@example.com'
    """

    __slots__ = ("_handle", "country", "hash_bits", "keyed", "name")

    def __init__(self, name: str = "email/1", *, secret: bytes | None = None, country: str | None = None,
                 hash_bits: int = 64) -> None:
        if secret is not None and not isinstance(secret, bytes):
            raise TypeError(f"secret is bytes, not {type(secret).__name__}")
        if hash_bits not in (64, 128):
            raise ValueError("hash_bits is 64 or 128")
        self.name, self.country, self.hash_bits, self.keyed = name, country, hash_bits, secret is not None
        self._handle = _core.Profile.open(name, secret, country or "", hash_bits)

    @property
    def stamp(self) -> str:
        """What has to be equal for two audiences to meet, as one line of text; holds no secret."""
        return self._handle.stamp()

    def canonicalize(self, key: str | bytes | int, encoding: str = "plain") -> bytes:
        """The canonical bytes of one key: what gets hashed.

        Raises
        ------
        InvalidKey
            If it has none; the message says why.
        """
        if not isinstance(key, (str, bytes, int)) or isinstance(key, bool):
            raise TypeError(f"a key is str, bytes or int, not {type(key).__name__}")
        data = key if isinstance(key, bytes) else str(key).encode("utf-8", "surrogatepass")
        canonical, reason = self._handle.canonicalize(data, encoding_number(encoding))
        if canonical is None:
            raise _errors.of_status(_errors.InvalidKey.status, f"the key has no canonical form: {reason}")
        return canonical

    def __repr__(self) -> str:
        return f"<vesica.Profile {self.stamp}>"


def profiles() -> Table:
    """The profiles of this build: name, summary, source, needs_country, digest.

    Profiles with `digest` compare SHA-256 digests and take them too, with ``encoding="hex"`` or ``"base64"``.

    Examples
    --------
    >>> profiles()["name"][:3]
    ['email/1', 'raw/1', 'int64/1']
    """
    return Table(_core.profiles_table())


def encoding_number(encoding: str) -> int:
    try:
        return ENCODINGS[encoding]
    except KeyError:
        raise ValueError('encoding is "plain", "hex" or "base64"') from None


def opened(profile: str | Profile, secret: bytes | None = None, country: str | None = None,
           hash_bits: int = 64) -> Profile:
    """The profile that a call asks for, which may be open already."""
    if not isinstance(profile, Profile):
        return Profile(profile, secret=secret, country=country, hash_bits=hash_bits)
    if secret is not None or country is not None or hash_bits != 64:
        raise ValueError("the profile is open already: secret, country and hash_bits belong to vesica.Profile(...)")
    return profile
