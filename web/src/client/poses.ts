/** Binary pose frames of the wire (`wire/pose.py`): everybody whom this client sees on its level. */

import { GESTURES, POSES, ROLES } from "../messages";

export interface PoseRecord {
  /** The person's number for as long as they stay; 0 in a frame of our own. */
  readonly number: number;
  readonly eastM: number;
  readonly northM: number;
  /** Clockwise from map north; null when not known. */
  readonly headingDeg: number | null;
  readonly gesture: (typeof GESTURES)[number];
  readonly role: (typeof ROLES)[number];
  readonly virtual: boolean;
}

export interface PoseFrame {
  readonly level: number;
  readonly poses: readonly PoseRecord[];
  readonly gone: readonly number[];
  /** Who is not listed is not there. */
  readonly full: boolean;
  readonly tick: number;
}

const VIRTUAL = 4;
const HEADED = 8;
const TURN = 65536;

/** The bytes of our own pose. */
export function encodePose(level: number, pose: Pick<PoseRecord, "eastM" | "northM" | "headingDeg" | "gesture">): ArrayBuffer {
  const bytes = new ArrayBuffer(POSES.headerBytes + POSES.poseBytes);
  const view = new DataView(bytes);
  view.setUint8(0, POSES.kind);
  view.setUint8(1, POSES.version);
  view.setInt16(POSES.levelAt, level, true);
  view.setUint16(POSES.countAt, 1, true);
  const at = POSES.headerBytes;
  view.setInt32(at + POSES.eastAt, Math.round(pose.eastM * 100), true);
  view.setInt32(at + POSES.northAt, Math.round(pose.northM * 100), true);
  if (pose.headingDeg !== null) {
    const share = (((pose.headingDeg % 360) + 360) % 360) / 360;
    view.setUint16(at + POSES.headingAt, Math.round(share * TURN) % TURN, true);
  }
  view.setUint8(at + POSES.gestureAt, GESTURES.indexOf(pose.gesture));
  view.setUint8(at + POSES.lookAt, pose.headingDeg === null ? 0 : HEADED);
  return bytes;
}

/** The frame in these bytes; null for what is no pose frame of this version. */
export function decodePoses(bytes: ArrayBuffer): PoseFrame | null {
  if (bytes.byteLength < POSES.headerBytes) return null;
  const view = new DataView(bytes);
  if (view.getUint8(0) !== POSES.kind || view.getUint8(1) !== POSES.version) return null;
  const count = view.getUint16(POSES.countAt, true);
  const gone = view.getUint16(POSES.goneAt, true);
  const end = POSES.headerBytes + POSES.poseBytes * count;
  if (bytes.byteLength !== end + 4 * gone) return null;
  return {
    level: view.getInt16(POSES.levelAt, true),
    poses: Array.from({ length: count }, (_, index) => readPose(view, POSES.headerBytes + POSES.poseBytes * index)),
    gone: Array.from({ length: gone }, (_, index) => view.getUint32(end + 4 * index, true)),
    full: (view.getUint8(POSES.flagsAt) & 1) === 1,
    tick: view.getUint32(POSES.tickAt, true),
  };
}

function readPose(view: DataView, at: number): PoseRecord {
  const look = view.getUint8(at + POSES.lookAt);
  return {
    number: view.getUint32(at + POSES.numberAt, true),
    eastM: view.getInt32(at + POSES.eastAt, true) / 100,
    northM: view.getInt32(at + POSES.northAt, true) / 100,
    headingDeg: look & HEADED ? (view.getUint16(at + POSES.headingAt, true) / TURN) * 360 : null,
    gesture: GESTURES[view.getUint8(at + POSES.gestureAt)] ?? "none",
    role: ROLES[look & 3] ?? "reader",
    virtual: (look & VIRTUAL) !== 0,
  };
}
