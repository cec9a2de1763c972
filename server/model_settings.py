"""Settings of language models: which one thinks, which one translates, and so on; a home may use several."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

Task = Literal["default", "think", "translate", "brief", "see"]
"""What a language model is asked for; "default" serves the tasks that are not named."""


class LanguageModelSettings(BaseModel):
    """One model. The key itself is never in a file of ours: ``key_env`` names the variable that holds it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    engine: Literal["openai", "transformers"] = "openai"
    url: str = Field(default="", description='Of an OpenAI-compatible server, up to and with "/v1".')
    model: str = Field(min_length=1, description="Name of the model at the server, or its folder on this machine.")
    key_env: str = Field(default="", description="Environment variable that holds the server's key.")
    first_s: float = Field(default=15.0, gt=0, le=300, description="Longest wait for the first word, in seconds.")
    longest_s: float = Field(default=60.0, gt=0, le=900, description="Longest answer, in seconds.")
    longest_tokens: int = Field(default=800, ge=16, le=32_768)
    extra: dict[str, Any] = Field(default_factory=dict, description="Further members of the request's body.")

    @model_validator(mode="after")
    def _whole(self) -> LanguageModelSettings:
        if self.engine == "openai" and not self.url.startswith(("http://", "https://")):
            raise ValueError(f"the model {self.model!r} needs url = 'http://…/v1', the address of its server")
        if self.engine == "transformers" and self.url:
            raise ValueError("a model of the engine transformers is a folder on this machine and takes no url")
        return self

    @property
    def folder(self) -> Path:
        """The folder of a model on this machine."""
        return Path(self.model)
