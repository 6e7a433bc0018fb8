"""The key ring: read from text or a file that only its owner can read, never shown."""

import base64
import stat
import threading

import pytest

from server.errors import VaultFailed
from server.store.keyring import KeyRing, read_key_file, write_key_file

KEY = b"k" * 32


def test_a_ring_is_written_and_read_back():
    ring = KeyRing.generate().with_new_key()
    assert KeyRing.parse(ring.text()) == ring
    assert ring.text().startswith(f"{ring.active}:")


def test_a_bare_key_is_a_ring():
    encoded = base64.b64encode(KEY).decode()
    assert KeyRing.parse(encoded).keys == {KeyRing.parse(encoded).active: KEY}
    assert KeyRing.parse(base64.urlsafe_b64encode(b"\xff" * 32).decode()).keys.popitem()[1] == b"\xff" * 32


@pytest.mark.parametrize(
    "wrong", ["", " , ", "k1:", "k1:geheimgeheim", "k1:c2hvcnQ=", "k1:%%%", "k 1:" + base64.b64encode(KEY).decode()]
)
def test_a_wrong_ring_is_refused_without_being_repeated(wrong):
    with pytest.raises(VaultFailed) as caught:
        KeyRing.parse(wrong)
    assert "geheim" not in str(caught.value)


def test_a_ring_does_not_show_its_keys():
    ring = KeyRing.generate()
    assert "keys=" not in repr(ring) and base64.b64encode(ring.keys[ring.active]).decode() not in repr(ring)


def test_a_key_file_is_made_once_for_its_owner_only(tmp_path):
    path = tmp_path / "deep" / "keys"
    ring = read_key_file(path, create=True)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert read_key_file(path, create=True) == ring
    assert [file.name for file in path.parent.iterdir()] == ["keys"]


def test_two_who_make_a_key_file_together_get_the_same(tmp_path):
    rings = []
    both = [threading.Thread(target=lambda: rings.append(read_key_file(tmp_path / "k", create=True))) for _ in range(6)]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    assert len(rings) == 6 and len({ring.active for ring in rings}) == 1


def test_a_key_file_that_others_can_read_is_refused(tmp_path):
    path = tmp_path / "keys"
    write_key_file(path, KeyRing.generate())
    path.chmod(0o640)
    with pytest.raises(VaultFailed, match="chmod 600"):
        read_key_file(path)


def test_an_absent_key_file_is_not_made_by_reading(tmp_path):
    with pytest.raises(VaultFailed):
        read_key_file(tmp_path / "keys")
    assert not list(tmp_path.iterdir())


def test_replacing_a_key_file_keeps_it_closed(tmp_path):
    path = tmp_path / "keys"
    ring = read_key_file(path, create=True).with_new_key()
    write_key_file(path, ring)
    assert read_key_file(path) == ring and stat.S_IMODE(path.stat().st_mode) == 0o600
