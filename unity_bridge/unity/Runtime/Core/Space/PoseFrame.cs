using System;
using System.Collections.Generic;

namespace Shelfway
{
    /// <summary>One person in a pose frame. A gesture this package does not know keeps its number and shows as none.</summary>
    public struct SeenPose
    {
        public static readonly string[] Gestures = { "none", "wave", "nod", "shake", "clap", "point", "read", "listen" };
        public static readonly string[] Roles = { "reader", "robot", "staff", "librarian" };
        public long Number;
        public double EastM;
        public double NorthM;
        public double? HeadingDeg;
        public int Gesture;
        public int Role;
        /// <summary>In the virtual library, not in the building.</summary>
        public bool IsVirtual;

        public string GestureName { get { return Gesture < Gestures.Length ? Gestures[Gesture] : Gestures[0]; } }

        public string RoleName { get { return Roles[Role]; } }
    }

    /// <summary>
    /// Where the people of one level are (kind 2 of the binary frames, see wire/pose.py): all that are to be seen, or what
    /// changed. A client sends the same with one pose, its own. Throws WireException for bytes that are none.
    /// </summary>
    public sealed class PoseFrame
    {
        public const byte Kind = 2;
        private const int HeaderBytes = 16;
        private const int PoseBytes = 16;
        private const int GoneBytes = 4;
        private const int Virtual = 4;
        private const int Headed = 8;
        public int Level;
        public bool Full;
        public long Tick;
        public List<SeenPose> Poses = new List<SeenPose>();
        /// <summary>Numbers of those who are no longer to be drawn.</summary>
        public List<long> Gone = new List<long>();

        public static PoseFrame Read(byte[] bytes)
        {
            if (bytes.Length < HeaderBytes) throw new WireException("a pose frame of " + bytes.Length + " bytes has no header");
            if (bytes[0] != Kind) throw new WireException("byte 0 is kind " + bytes[0] + ", poses are 2");
            if (bytes[1] != 1) throw new WireException("byte 1 is version " + bytes[1] + ", only 1 is spoken");
            int count = (int)AudioFrame.Number(bytes, 6, 2), gone = (int)AudioFrame.Number(bytes, 8, 2);
            var size = HeaderBytes + PoseBytes * count + GoneBytes * gone;
            if (bytes.Length != size)
                throw new WireException(count + " poses and " + gone + " gone make " + size + " bytes, not " + bytes.Length);
            var frame = new PoseFrame
            {
                Full = (bytes[2] & 1) != 0, Level = (short)AudioFrame.Number(bytes, 4, 2), Tick = AudioFrame.Number(bytes, 12, 4),
            };
            for (var i = 0; i < count; i++) frame.Poses.Add(One(bytes, HeaderBytes + PoseBytes * i));
            for (var i = 0; i < gone; i++)
                frame.Gone.Add(AudioFrame.Number(bytes, HeaderBytes + PoseBytes * count + GoneBytes * i, 4));
            return frame;
        }

        public byte[] ToBytes()
        {
            var bytes = new byte[HeaderBytes + PoseBytes * Poses.Count + GoneBytes * Gone.Count];
            bytes[0] = Kind;
            bytes[1] = 1;
            bytes[2] = (byte)(Full ? 1 : 0);
            AudioFrame.Put(bytes, 4, 2, Level);
            AudioFrame.Put(bytes, 6, 2, Poses.Count);
            AudioFrame.Put(bytes, 8, 2, Gone.Count);
            AudioFrame.Put(bytes, 12, 4, Tick);
            for (var i = 0; i < Poses.Count; i++) Put(bytes, HeaderBytes + PoseBytes * i, Poses[i]);
            for (var i = 0; i < Gone.Count; i++)
                AudioFrame.Put(bytes, HeaderBytes + PoseBytes * Poses.Count + GoneBytes * i, 4, Gone[i]);
            return bytes;
        }

        private static SeenPose One(byte[] bytes, int at)
        {
            var look = bytes[at + 15];
            var turn = AudioFrame.Number(bytes, at + 12, 2);
            return new SeenPose
            {
                Number = AudioFrame.Number(bytes, at, 4),
                EastM = (int)AudioFrame.Number(bytes, at + 4, 4) / 100.0, NorthM = (int)AudioFrame.Number(bytes, at + 8, 4) / 100.0,
                HeadingDeg = (look & Headed) != 0 ? turn / 65536.0 * 360.0 : (double?)null,
                Gesture = bytes[at + 14], Role = look & 3, IsVirtual = (look & Virtual) != 0,
            };
        }

        private static void Put(byte[] bytes, int at, SeenPose pose)
        {
            if (!(Math.Abs(pose.EastM) <= 1e7 && Math.Abs(pose.NorthM) <= 1e7)) throw new WireException("a pose outside the building");
            AudioFrame.Put(bytes, at, 4, pose.Number);
            AudioFrame.Put(bytes, at + 4, 4, (long)Math.Round(pose.EastM * 100));
            AudioFrame.Put(bytes, at + 8, 4, (long)Math.Round(pose.NorthM * 100));
            var turn = (long)Math.Round(Frames.Turned(pose.HeadingDeg ?? 0) / 360.0 * 65536.0) % 65536;
            AudioFrame.Put(bytes, at + 12, 2, turn);
            bytes[at + 14] = (byte)pose.Gesture;
            bytes[at + 15] = (byte)(pose.Role | (pose.IsVirtual ? Virtual : 0) | (pose.HeadingDeg != null ? Headed : 0));
        }
    }
}
