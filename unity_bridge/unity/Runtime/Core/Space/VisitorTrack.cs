using System;

namespace Shelfway
{
    /// <summary>Where a visitor is: map metres, level, degrees clockwise from north.</summary>
    public struct VisitorPose
    {
        public double EastM;
        public double NorthM;
        public int Level;
        public double HeadingDeg;
    }

    /// <summary>
    /// Another visitor's poses, made smooth: shown a little late (150 ms), between two poses by a straight line, and for a short
    /// while (250 ms) on from the last. Late and doubled poses are left out; a jump over 5 m or to another level is a jump.
    /// </summary>
    public sealed class VisitorTrack
    {
        public const double DelayS = 0.15;
        private const double OnS = 0.25;
        private const double JumpM = 5.0;
        private const int Kept = 32;
        private readonly double[] times = new double[Kept];
        private readonly VisitorPose[] poses = new VisitorPose[Kept];
        private int count;

        /// <summary>When the newest pose was, seconds; −∞ before the first.</summary>
        public double NewestS { get { return count == 0 ? double.NegativeInfinity : times[count - 1]; } }

        /// <summary>A pose as it was at <paramref name="atS"/>, seconds of the clock with which it is asked for.</summary>
        public void Add(double atS, VisitorPose pose)
        {
            if (atS <= NewestS) return;
            if (count == Kept)
            {
                Array.Copy(times, 1, times, 0, Kept - 1);
                Array.Copy(poses, 1, poses, 0, Kept - 1);
                count--;
            }
            times[count] = atS;
            poses[count++] = pose;
        }

        /// <summary>What to show now; false before the first pose.</summary>
        public bool TryShow(double nowS, out VisitorPose shown)
        {
            shown = new VisitorPose();
            if (count == 0) return false;
            var at = nowS - DelayS;
            var next = 0;
            while (next < count && times[next] <= at) next++;
            if (next == 0) shown = poses[0];
            else if (next < count) shown = Mix(next - 1, (at - times[next - 1]) / (times[next] - times[next - 1]));
            else if (count == 1) shown = poses[0];
            else
            {
                var span = times[count - 1] - times[count - 2];
                shown = Mix(count - 2, 1 + Math.Min(at - times[count - 1], Math.Min(OnS, span)) / span);
            }
            return true;
        }

        private VisitorPose Mix(int from, double share)
        {
            VisitorPose a = poses[from], b = poses[from + 1];
            double dx = b.EastM - a.EastM, dy = b.NorthM - a.NorthM;
            if (a.Level != b.Level || dx * dx + dy * dy > JumpM * JumpM) return share < 1 ? a : b;
            b.EastM = a.EastM + dx * share;
            b.NorthM = a.NorthM + dy * share;
            b.HeadingDeg = Frames.Turned(a.HeadingDeg + Frames.Between(a.HeadingDeg, b.HeadingDeg) * Math.Min(1, share));
            return b;
        }
    }
}
