"""What the file says about itself as an avatar: VRM 1.0 (VRMC_vrm), with our licence and every expression.

Source: VRMC_vrm 1.0. The mouth shapes are offered thrice: as VRM's five vowels, as custom expressions ``viseme_aa`` …,
and as morph targets of the same names for programs that know only glTF.
"""

from __future__ import annotations

from typing import Any

from assets.librarian_mouth import VISEMES

LICENCE = "https://vrm.dev/licenses/1.0/"
HUMAN = (
    "hips", "spine", "chest", "neck", "head", "leftEye", "rightEye", "leftShoulder", "leftUpperArm", "leftLowerArm",
    "leftHand", "leftUpperLeg", "leftLowerLeg", "leftFoot", "rightShoulder", "rightUpperArm", "rightLowerArm",
    "rightHand", "rightUpperLeg", "rightLowerLeg", "rightFoot",
)  # fmt: skip
VOWELS = {"aa": "aa", "ih": "ih", "ou": "ou", "ee": "E", "oh": "oh"}


def vrm_extension(name: str, nodes: dict[str, int], face: int, morphs: list[str]) -> dict[str, Any]:
    """The body of VRMC_vrm. ``face``: the node with the morph targets, in the order of ``morphs``."""

    def expression(binds: dict[str, float], **overrides: str) -> dict[str, Any]:
        made = [{"node": face, "index": morphs.index(m), "weight": w} for m, w in binds.items()]
        return {"morphTargetBinds": made, "isBinary": False, **overrides}

    preset = {vrm: expression({f"viseme_{ours}": 1.0}) for vrm, ours in VOWELS.items()}
    preset |= {
        "happy": expression({"smile": 1.0}),
        "surprised": expression({"brow_up": 1.0}),
        "sad": expression({"brow_worry": 1.0}),
        "blink": expression({"blink_left": 1.0, "blink_right": 1.0}),
        "blinkLeft": expression({"blink_left": 1.0}),
        "blinkRight": expression({"blink_right": 1.0}),
        "neutral": {"isBinary": False},
    }
    custom = {f"viseme_{shape}": expression({f"viseme_{shape}": 1.0}) for shape in VISEMES}
    custom |= {word: expression({word: 1.0}) for word in ("brow_up", "brow_worry")}
    reach = {"inputMaxValue": 90.0, "outputScale": 10.0}
    return {
        "specVersion": "1.0",
        "meta": {
            "name": f"Shelfway librarian ({name})",
            "version": "1",
            "authors": ["The Shelfway authors"],
            "copyrightInformation": "Made by code of the Shelfway project",
            "licenseUrl": LICENCE,
            "otherLicenseUrl": "https://www.apache.org/licenses/LICENSE-2.0",
            "avatarPermission": "everyone",
            "allowExcessivelyViolentUsage": False,
            "allowExcessivelySexualUsage": False,
            "commercialUsage": "corporation",
            "allowPoliticalOrReligiousUsage": False,
            "allowAntisocialOrHateUsage": False,
            "creditNotation": "unnecessary",
            "allowRedistribution": True,
            "modification": "allowModificationRedistribution",
        },
        "humanoid": {"humanBones": {bone: {"node": nodes[bone]} for bone in HUMAN}},
        "expressions": {"preset": preset, "custom": custom},
        "lookAt": {
            "offsetFromHeadBone": [0.0, 0.135, 0.09],
            "type": "bone",
            "rangeMapHorizontalInner": reach,
            "rangeMapHorizontalOuter": reach,
            "rangeMapVerticalDown": reach,
            "rangeMapVerticalUp": reach,
        },
    }
