"""Sound as bad as it comes, through the real socket and the installed voice detector: a truthful reply, and the visit
lives."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import pytest

from avatars.engines import Capabilities, Transcript, load_class
from avatars.turn_values import TurnSettings
from server.ears import Ears
from server.turns import Turns
from tests.server.client import Client
from tests.server.world import make_parts, running
from wire.audio import HEADER, AudioFrame, encode_audio

RATE = 16_000
pytest.importorskip("webrtcvad")


class PickyEar:
    """Understands what stands out of the noise, like a recogniser that rejects; counts the seconds it was given."""

    capabilities = Capabilities(("en",), RATE, False)

    def __init__(self) -> None:
        self.seconds: list[float] = []

    def transcribe(self, samples: np.ndarray, lang: str | None = None) -> Transcript:
        self.seconds.append(len(samples) / RATE)
        blocks = np.sqrt(np.mean(np.square(samples[: len(samples) // 320 * 320].reshape(-1, 320)), axis=1))
        clear = np.percentile(blocks, 90) > 4 * max(float(np.percentile(blocks, 10)), 1e-4)
        return Transcript("where is the test book" if clear else "", "en", confidence=0.8, rejected=not clear)


@contextmanager
def kiosk() -> Iterator[tuple[Client, PickyEar]]:
    """A client of a server with the real voice detector."""
    ear, parts = PickyEar(), make_parts()
    parts.ears = Ears({"en": ear})
    parts.make_turns = lambda clock: Turns(clock, load_class("webrtc")(), TurnSettings())
    with running(parts) as port:
        client = Client(port)
        yield client, ear
        client.close()


def voice(seconds: float, rate: int = RATE, level: float = 0.3) -> np.ndarray:
    """Something that is taken for voice: a buzz of 140 Hz with overtones, swelling four times a second. float64."""
    at = np.arange(int(seconds * rate)) / rate
    buzz = sum(np.sin(2 * np.pi * 140 * k * at) / k for k in range(1, 20) if 140 * k < rate / 2)
    return np.asarray(level * buzz / 2 * (0.6 + 0.4 * np.sin(2 * np.pi * 4 * at)))


def noise(seconds: float, level: float) -> np.ndarray:
    return np.random.default_rng(5).normal(0.0, level, int(seconds * RATE))


def send(client: Client, samples: np.ndarray, rate: int = RATE, channels: int = 1, stream: int = 1) -> None:
    """Frames of 20 ms, as fast as they go. samples: float (n,), the same in every channel, clipped at full scale."""
    pcm = (np.clip(samples, -1, 1) * 32767).astype("<i2")
    size = rate // 50
    for number, first in enumerate(range(0, len(pcm), size)):
        piece = np.repeat(pcm[first : first + size], channels).tobytes()
        client.socket.send(encode_audio(AudioFrame(stream, number, first, rate, piece, channels)))


def alive(client: Client) -> None:
    """A typed question is answered."""
    client.say(type="ask", id="still", text="Where is the test book?")
    assert client.wait("answer", of="still")["items"]


def test_silence_is_no_turn() -> None:
    with kiosk() as (client, ear):
        client.say(type="listen", stream=1, mode="open", sample_rate=RATE, lang="en")
        send(client, np.zeros(RATE * 3))
        client.say(type="listen_end", stream=1)
        alive(client)
        assert ear.seconds == []
        assert client.codes() == []


def test_silence_under_the_button_is_said_not_to_be_understood() -> None:
    with kiosk() as (client, _):
        client.say(type="listen", stream=1, mode="push", sample_rate=RATE, lang="en")
        send(client, np.zeros(RATE * 2))
        client.say(type="listen_end", stream=1)
        assert client.wait("heard")["rejected"] is True
        client.wait("error", code="nothing_understood")
        alive(client)


def test_voice_at_5_db_over_noise_and_noise_alone_end_in_a_reply() -> None:
    with kiosk() as (client, _):
        client.say(type="listen", stream=1, mode="push", sample_rate=RATE, lang="en")
        loud = voice(1.5)
        send(client, loud + noise(1.5, float(np.std(loud)) / 10 ** (5 / 20)))
        client.say(type="listen_end", stream=1)
        assert client.wait("heard")["final"]
        client.say(type="listen", stream=2, mode="push", sample_rate=RATE, lang="en")
        send(client, noise(1.5, 0.2), stream=2)
        client.say(type="listen_end", stream=2)
        assert client.wait("heard", stream=2)["rejected"] is True
        alive(client)


def test_half_an_hour_without_a_pause_is_cut_told_once_and_bounded() -> None:
    with kiosk() as (client, ear):
        rate = 8000  # so that 4 s fit into a frame, and half an hour into fewer frames than are taken for a flood
        client.say(type="listen", stream=1, mode="open", sample_rate=rate, lang="en")
        pcm = (voice(20.0, rate) * 32767).astype("<i2")
        for number in range(450):
            piece = np.take(pcm, range(number * rate * 4, (number + 1) * rate * 4), mode="wrap").tobytes()
            client.socket.send(encode_audio(AudioFrame(1, number, number * rate * 4, rate, piece)))
            if number % 15 == 14:
                client.say(type="ping", id=f"p{number}")
                client.wait("pong", id=f"p{number}")
        assert client.codes() == ["too_long"]
        assert max(ear.seconds) <= 21.5
        send(client, np.zeros(rate * 2), rate)
        alive(client)


@pytest.mark.parametrize(("rate", "channels"), [(8000, 1), (48_000, 1), (16_000, 2), (48_000, 2)])
def test_other_rates_and_stereo_are_heard_at_their_length(rate: int, channels: int) -> None:
    with kiosk() as (client, ear):
        client.say(type="listen", stream=1, mode="open", sample_rate=rate, lang="en")
        send(client, np.concatenate([np.zeros(rate), voice(1.5, rate), np.zeros(rate * 2)]), rate, channels)
        assert client.wait("heard")["text"] == "where is the test book"
        assert ear.seconds[-1] == pytest.approx(1.5 + 0.6, abs=0.5)
        assert client.wait("answer")["items"]


def test_clipped_sound_is_heard() -> None:
    with kiosk() as (client, _):
        client.say(type="listen", stream=1, mode="open", sample_rate=RATE, lang="en")
        send(client, np.concatenate([np.zeros(RATE), voice(1.5, level=8.0), np.zeros(RATE * 2)]))
        assert client.wait("heard")["final"]
        alive(client)


@pytest.mark.parametrize(
    "frame",
    [
        HEADER.pack(1, 1, 7, 1, 1, 0, 0, RATE) + bytes(640),  # another codec
        HEADER.pack(1, 1, 0, 5, 1, 0, 0, RATE) + bytes(640),  # five channels
        HEADER.pack(1, 1, 0, 1, 1, 0, 0, 1) + bytes(640),  # one sample a second
        HEADER.pack(1, 1, 0, 1, 1, 0, 0, RATE) + bytes(641),  # half a sample
        HEADER.pack(1, 1, 0, 2, 1, 0, 0, RATE) + bytes(642),  # half a pair
        HEADER.pack(1, 1, 0, 1, 1, 0, 0, RATE),  # none
    ],
)
def test_another_format_is_refused_and_the_stream_goes_on(frame: bytes) -> None:
    with kiosk() as (client, _):
        client.say(type="listen", stream=1, mode="push", sample_rate=RATE, lang="en")
        client.socket.send(frame)
        client.wait("error", code="bad_audio")
        send(client, np.concatenate([np.zeros(RATE // 2), voice(1.0)]))
        client.say(type="listen_end", stream=1)
        assert client.wait("heard")["text"]


def test_frames_of_another_rate_than_announced_are_refused() -> None:
    with kiosk() as (client, ear):
        client.say(type="listen", stream=1, mode="push", sample_rate=RATE, lang="en")
        send(client, voice(0.5, 48_000), 48_000)
        client.wait("error", code="bad_audio")
        client.say(type="listen_end", stream=1)
        alive(client)
        assert all(seconds < 0.5 for seconds in ear.seconds)


def test_two_streams_at_once_are_one_microphone_at_a_time() -> None:
    with kiosk() as (client, ear):
        client.say(type="listen", stream=1, mode="push", sample_rate=RATE, lang="en")
        send(client, np.concatenate([np.zeros(RATE // 2), voice(1.0)]), stream=1)
        client.say(type="listen", stream=2, mode="push", sample_rate=RATE, lang="en")
        send(client, voice(1.0), stream=1)  # the first goes on talking: nobody listens to it any more
        send(client, np.concatenate([np.zeros(RATE // 2), voice(0.5)]), stream=2)
        client.say(type="listen_end", stream=2)
        assert client.wait("heard", stream=2)["final"]
        assert ear.seconds[-1] == pytest.approx(1.0, abs=0.1)
        alive(client)


def test_a_client_that_never_reports_playback_is_answered_again_and_again() -> None:
    with kiosk() as (client, _):
        for number in range(3):
            client.say(type="ask", id=f"q{number}", text="Where is the test book?")
            assert client.wait("answer", of=f"q{number}")["utterance"] is not None
        client.say(type="listen", stream=1, mode="open", sample_rate=RATE, lang="en")
        client.wait("speech_start")
        send(client, np.concatenate([np.zeros(RATE // 2), voice(1.2), np.zeros(RATE * 2)]))
        assert client.wait("flush")
        assert client.wait("answer")["of"].startswith("turn-")


def test_a_stream_that_stops_in_mid_word_without_an_end_ends_with_its_successor() -> None:
    with kiosk() as (client, _):
        client.say(type="listen", stream=1, mode="open", sample_rate=RATE, lang="en")
        send(client, np.concatenate([np.zeros(RATE // 2), voice(0.8)]))
        client.say(type="listen", stream=2, mode="open", sample_rate=RATE, lang="en")
        assert client.wait("heard", stream=1)["final"]
        alive(client)
