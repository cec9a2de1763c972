using System;
using System.Globalization;

namespace Shelfway.Tests
{
    /// <summary>Pose frames, read from the bytes Python wrote (hex) and written anew; and who is drawn.</summary>
    public static class PoseChecks
    {
        public static void Run(string hex)
        {
            var bytes = new byte[hex.Length / 2];
            for (var i = 0; i < bytes.Length; i++) bytes[i] = byte.Parse(hex.Substring(2 * i, 2), NumberStyles.HexNumber);
            var frame = PoseFrame.Read(bytes);
            Console.WriteLine(BitConverter.ToString(frame.ToBytes()).Replace("-", "").ToLowerInvariant());
            foreach (var pose in frame.Poses)
                Console.WriteLine(string.Format(CultureInfo.InvariantCulture, "{0} {1} {2} {3} {4} {5} {6} {7}", pose.Number,
                    pose.EastM, pose.NorthM, pose.HeadingDeg ?? -1, pose.GestureName, pose.RoleName, pose.IsVirtual, frame.Level));
            var random = new Random(2);
            for (var i = 0; i < 3000; i++)
            {
                var broken = (byte[])bytes.Clone();
                broken[random.Next(broken.Length)] = (byte)random.Next(256);
                if (i % 2 == 0) Array.Resize(ref broken, random.Next(broken.Length + 4));
                try
                {
                    foreach (var pose in PoseFrame.Read(broken).Poses) Check.That(pose.GestureName != null && pose.RoleName != null, "named");
                }
                catch (WireException)
                {
                    // the only exception there may be
                }
            }
            Drawn();
        }

        private static void Drawn()
        {
            var visitors = new Visitors();
            visitors.Take(Of(true, 1, 2, 3), 0);
            visitors.Take(Of(false, 4), 1);
            Check.Equal(4, visitors.All.Count, "told of four");
            var gone = Of(false, 1);
            gone.Gone.Add(2);
            visitors.Take(gone, 2);
            Check.Equal(3, visitors.All.Count, "one has gone");
            visitors.Take(Of(true, 1), 3);
            Check.Equal(1, visitors.All.Count, "a full frame says who is there");
            visitors.Tick(37);
            Check.Equal(1, visitors.All.Count, "still");
            visitors.Tick(39);
            Check.Equal(0, visitors.All.Count, "who says nothing for long is gone");
            visitors.Take(new Messages.Entered { Number = 4000000000, Room = "building" }, 40);
            visitors.Take(Of(true, 4000000000, 5), 41);
            Check.Equal(1, visitors.All.Count, "one is not among the others");
        }

        private static PoseFrame Of(bool full, params long[] numbers)
        {
            var frame = new PoseFrame { Full = full };
            foreach (var number in numbers) frame.Poses.Add(new SeenPose { Number = number });
            return frame;
        }
    }
}
