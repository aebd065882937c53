import os
import signal
import subprocess
import sys
import threading
import time

import pytest

import vesica
from conftest import addresses
from vesica import Audience


def test_sizes():
    assert vesica.Context(memory="512M").memory == 512 << 20
    assert vesica.Context(memory="1.5 GiB").memory == 3 << 29
    assert vesica.Context(memory=1 << 25).memory == 1 << 25
    with pytest.raises(TypeError, match="progress"):
        vesica.overlap([], [], progress=3)
    for wrong in ("much", "-1G", 0, -5, "0"):
        with pytest.raises(ValueError):
            vesica.Context(memory=wrong)
    for threads in (0, 257, -1):
        with pytest.raises(ValueError):
            vesica.Context(threads=threads)
    assert repr(vesica.Context(2, "1M")) == "vesica.Context(threads=2, memory=1048576)"


def test_keeps_and_gives_back_memory():
    context = vesica.Context()
    vesica.overlap(addresses(0, 100_000), addresses(0, 10), context=context)
    assert 0 < context.held_bytes <= context.peak_bytes
    context.trim()
    assert context.held_bytes == 0


def test_threads_do_not_change_the_answer():
    a, b = addresses(0, 200_000), addresses(150_000, 200_000)
    one = vesica.overlap(a, b)
    for threads in (2, 5):
        context = vesica.Context(threads=threads)
        assert vesica.overlap(a, b, context=context) == one
        assert Audience.from_keys(a, context=context) == Audience.from_keys(a)


def test_progress_rises_to_one():
    keys = addresses(0, 300_000)
    for work in (lambda tell: Audience.from_keys(keys, progress=tell), lambda tell: vesica.overlap(keys, keys, progress=tell)):
        seen = []
        work(seen.append)
        assert seen == sorted(seen)
        assert seen[-1] == 1
        assert all(0 <= fraction <= 1 for fraction in seen)


def test_progress_bar():
    tqdm = pytest.importorskip("tqdm").tqdm
    with tqdm(total=None, file=open(os.devnull, "w")) as bar:
        Audience.from_keys(addresses(0, 100_000), progress=bar)
        assert bar.n == pytest.approx(1)
    with tqdm(total=50, file=open(os.devnull, "w")) as bar:
        Audience.from_keys(addresses(0, 100_000), progress=bar)
        assert bar.n == pytest.approx(50)


def test_cancelling_and_raising():
    context = vesica.Context()
    keys = addresses(0, 100_000)
    with pytest.raises(vesica.Cancelled):
        Audience.from_keys(keys, context=context, progress=lambda fraction: False)

    class Mine(Exception):
        pass

    def fail(fraction):
        raise Mine

    with pytest.raises(Mine):
        vesica.overlap(keys, keys, context=context, progress=fail)
    assert vesica.overlap(keys, keys, context=context, progress=lambda fraction: None).intersection == 100_000


def test_context_within_its_own_call():
    context = vesica.Context()
    keys = addresses(0, 100_000)

    def again(fraction):
        Audience.from_keys(["a@x.com"])  # another context
        Audience.from_keys(["a@x.com"], context=context)

    with pytest.raises(RuntimeError, match="another context"):
        Audience.from_keys(keys, context=context, progress=again)
    assert Audience.from_keys(keys, context=context).count == 100_000


def test_other_threads_run_meanwhile():
    keys = [b"person%d@example.com" % i for i in range(500_000)]
    ticks = []
    done = threading.Event()

    def tick():
        while not done.is_set():
            ticks.append(time.monotonic())
            time.sleep(0.001)

    thread = threading.Thread(target=tick)
    thread.start()
    began = time.monotonic()
    told = []
    vesica.regions(dict.fromkeys("abcdefgh", keys), progress=lambda fraction: told.append(time.monotonic()))
    done.set()
    thread.join()
    while_hashing = [one for one in ticks if told[0] < one < told[-1]]
    assert began < told[0]
    assert len(while_hashing) > 5


INTERRUPTED = """
import vesica
context = vesica.Context()
keys = [b"person%d@example.com" % i for i in range(300_000)]
sets = {str(i): keys for i in range(8)}
print("ready", flush=True)
try:
    while True:
        vesica.regions(sets, context=context)
except KeyboardInterrupt:
    print("interrupted", flush=True)
print(len(vesica.Audience.from_keys(keys, context=context)), flush=True)
"""


def test_interrupt_from_the_keyboard():
    process = subprocess.Popen([sys.executable, "-c", INTERRUPTED], stdout=subprocess.PIPE, text=True)
    assert process.stdout.readline() == "ready\n"
    time.sleep(0.4)
    began = time.monotonic()
    process.send_signal(signal.SIGINT)
    assert process.stdout.readline() == "interrupted\n"
    took = time.monotonic() - began
    assert process.stdout.readline() == "300000\n"
    assert process.wait() == 0
    assert took < 1


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork")
def test_after_fork():
    audience = Audience.from_keys(addresses(0, 1000))
    context = vesica.Context(threads=2)
    vesica.overlap(audience, audience, context=context)
    child = os.fork()
    if child == 0:
        os._exit(0 if vesica.overlap(audience, audience, context=context).intersection == 1000 else 1)
    assert os.waitpid(child, 0)[1] == 0
