using System;
using System.Collections.Generic;
using Shelfway.Messages;

namespace Shelfway
{
    /// <summary>A point of a way: map metres and level.</summary>
    public struct WayPoint
    {
        public double EastM;
        public double NorthM;
        public int Level;
    }

    /// <summary>
    /// Where along the way somebody is, told from positions. Looks near the last place first, so that a way that crosses itself
    /// or doubles back does not make it jump.
    /// </summary>
    public sealed class PathFollower
    {
        private const double BackM = 2.0;
        private const double AheadM = 15.0;
        private const double Pull = 0.15; // metres off that a metre along counts for: parallel aisles do not make it jump
        private readonly List<WayPoint> points = new List<WayPoint>();
        private readonly List<double> along = new List<double>();

        public int Revision { get; private set; }

        public double LengthM { get { return along.Count > 0 ? along[along.Count - 1] : 0; } }

        public double AlongM { get; private set; }

        public double RemainingM { get { return LengthM - AlongM; } }

        /// <summary>Distance from the way when last told a position, metres; endless on a level it does not touch.</summary>
        public double OffM { get; private set; }

        public IList<WayPoint> Points { get { return points.AsReadOnly(); } }

        /// <summary>Follow this route; one with an older revision of the same guidance is not taken.</summary>
        public bool Take(Route route)
        {
            if (points.Count > 0 && route.Revision < Revision) return false;
            Clear();
            Revision = route.Revision;
            foreach (var corner in route.RouteBody.Points)
            {
                var point = new WayPoint { EastM = corner[0], NorthM = corner[1], Level = (int)corner[2] };
                along.Add(points.Count == 0 ? 0 : LengthM + Gap(points[points.Count - 1], point));
                points.Add(point);
            }
            return true;
        }

        public void Clear()
        {
            points.Clear();
            along.Clear();
            AlongM = 0;
            OffM = 0;
            Revision = 0;
        }

        /// <summary>Somebody is here now.</summary>
        public void Moved(double eastM, double northM, int level)
        {
            if (points.Count < 2) return;
            double near, nearOff, any, anyOff;
            Nearest(eastM, northM, level, AlongM - BackM, AlongM + AheadM, Pull, out near, out nearOff);
            Nearest(eastM, northM, level, double.NegativeInfinity, double.PositiveInfinity, 0, out any, out anyOff);
            // A place much nearer elsewhere on the way wins: somebody took the lift, or was put somewhere else.
            var useNear = nearOff <= anyOff + 3.0;
            OffM = useNear ? nearOff : anyOff;
            if (!double.IsPositiveInfinity(OffM)) AlongM = useNear ? near : any;
        }

        /// <summary>The point of the way at this many metres, and the direction it leads (map east and north, length 1).</summary>
        public WayPoint At(double metres, out double directionEast, out double directionNorth)
        {
            directionEast = directionNorth = 0;
            if (points.Count == 0) return new WayPoint();
            metres = Math.Max(0, Math.Min(LengthM, metres));
            for (var i = 1; i < points.Count; i++)
            {
                var length = along[i] - along[i - 1];
                if (length <= 0 || (metres > along[i] && i < points.Count - 1)) continue;
                WayPoint a = points[i - 1], b = points[i];
                var share = Math.Min(1.0, (metres - along[i - 1]) / length);
                directionEast = (b.EastM - a.EastM) / length;
                directionNorth = (b.NorthM - a.NorthM) / length;
                return new WayPoint
                {
                    EastM = a.EastM + (b.EastM - a.EastM) * share, NorthM = a.NorthM + (b.NorthM - a.NorthM) * share,
                    Level = share < 1 ? a.Level : b.Level,
                };
            }
            return points[points.Count - 1];
        }

        private void Nearest(double east, double north, int level, double from, double to, double pull,
            out double best, out double bestOff)
        {
            var bestScore = double.PositiveInfinity;
            best = AlongM;
            bestOff = double.PositiveInfinity;
            for (var i = 1; i < points.Count; i++)
            {
                WayPoint a = points[i - 1], b = points[i];
                if (a.Level != level || b.Level != level || along[i] < from || along[i - 1] > to) continue;
                double dx = b.EastM - a.EastM, dy = b.NorthM - a.NorthM, square = dx * dx + dy * dy;
                var share = square == 0 ? 0 : ((east - a.EastM) * dx + (north - a.NorthM) * dy) / square;
                var length = along[i] - along[i - 1];
                if (length > 0) share = Math.Max((from - along[i - 1]) / length, Math.Min((to - along[i - 1]) / length, share));
                share = Math.Max(0, Math.Min(1, share));
                double x = a.EastM + share * dx - east, y = a.NorthM + share * dy - north, off = Math.Sqrt(x * x + y * y);
                var place = along[i - 1] + share * length;
                var score = off + (pull + 1e-9) * Math.Abs(place - AlongM);
                if (score >= bestScore) continue;
                bestScore = score;
                best = place;
                bestOff = off;
            }
        }

        private static double Gap(WayPoint a, WayPoint b)
        {
            // A change of level is no walking: both ends have one place on the map.
            double dx = b.EastM - a.EastM, dy = b.NorthM - a.NorthM;
            return a.Level == b.Level ? Math.Sqrt(dx * dx + dy * dy) : 0;
        }
    }
}
