using System;
using Shelfway.Messages;

namespace Shelfway
{
    /// <summary>Which poses are worth sending: at most ten a second, not while standing still, but one each two seconds.</summary>
    public sealed class PoseSender
    {
        public const double MostPerS = 10.0;
        private const double StillS = 2.0;
        private const double MoveM = 0.05;
        private const double TurnDeg = 3.0;
        private Pose last;
        private double sentAt = double.NegativeInfinity;

        /// <summary>The message to send now, or null.</summary>
        public Pose Offer(double eastM, double northM, int level, double headingDeg, double now)
        {
            var since = now - sentAt;
            if (since < 1.0 / MostPerS - 1e-6 || !Real(eastM) || !Real(northM) || !Real(headingDeg)) return null;
            if (last != null && since < StillS && !Moved(eastM, northM, level, headingDeg)) return null;
            sentAt = now;
            last = new Pose { EastM = eastM, NorthM = northM, Level = level, HeadingDeg = Frames.Turned(headingDeg) };
            return last;
        }

        private bool Moved(double eastM, double northM, int level, double headingDeg)
        {
            double dx = eastM - last.EastM, dy = northM - last.NorthM;
            return level != last.Level || dx * dx + dy * dy > MoveM * MoveM
                || Math.Abs(Frames.Between(last.HeadingDeg ?? 0, headingDeg)) > TurnDeg;
        }

        private static bool Real(double value)
        {
            return !double.IsNaN(value) && !double.IsInfinity(value);
        }
    }
}
