"""Says before a run which tests will be skipped and why; changes nothing."""

from __future__ import annotations

import importlib.util
import shutil
from pathlib import Path

PROGRAMS = {
    "redis-server": ("redis-server",),
    "a Chromium browser": ("chromium", "chromium-browser", "google-chrome"),
    "a C# compiler": ("mcs",),
}
PACKAGES = (
    "espeakng_loader", "pocketsphinx", "webrtcvad", "torch", "transformers", "whisper", "faster_whisper", "playwright",
    "meshoptimizer", "cv2",
    "onnx", "onnxruntime", "sherpa_onnx", "TTS", "torchaudio",
)  # fmt: skip


def main() -> None:
    """Print one line per missing thing."""
    missing = [name for name, commands in PROGRAMS.items() if not any(map(shutil.which, commands))]
    missing += [name for name in PACKAGES if importlib.util.find_spec(name) is None]
    if not (Path(__file__).resolve().parents[2] / "shared").is_dir():
        missing.append("../shared (real files kept outside the project)")
    for name in missing:
        print(f"skipped: tests that need {name}, which is not here")


if __name__ == "__main__":
    main()
