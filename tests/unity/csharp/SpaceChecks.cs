using System;
using Shelfway.Messages;

namespace Shelfway.Tests
{
    /// <summary>Ways, poses and other visitors.</summary>
    public static class SpaceChecks
    {
        public static void Run()
        {
            Follow();
            Doubled();
            Poses();
            Visitors();
            LevelsOf();
            Aligned();
        }

        private static void Aligned()
        {
            // A device that began at map (10, 20), looking east: its own space is turned by 90 degrees.
            var alignment = new Alignment();
            Check.That(!alignment.IsKnown, "nothing is known at first");
            alignment.Mark(new Vec3(0, 0, 0), 0, new Vec3(10, 0, 20), 90);
            var ahead = alignment.ToMap(new Vec3(0, 1, 5)); // 5 m ahead of it
            Check.Near(15, ahead.X, "east of where it stood");
            Check.Near(20, ahead.Z, "no farther north");
            Check.Near(1, ahead.Y, "as high");
            // It has measured 2 % too far and 3 degrees askew when it sees the next mark 40 m on: no jump, and right in the end.
            var seen = new Vec3(0, 0, 40.8);
            alignment.Mark(seen, -3, new Vec3(50, 0, 20), 90);
            Check.Near(50.8, alignment.ToMap(seen).X, "not at once", 0.01);
            for (var i = 0; i < 300; i++)
            {
                var before = alignment.ToMap(seen);
                alignment.Tick(1 / 60.0, seen);
                var after = alignment.ToMap(seen);
                Check.That(Math.Abs(after.X - before.X) < 0.04, "softly");
            }
            Check.Near(50, alignment.ToMap(seen).X, "on the mark", 0.01);
            Check.Near(93, alignment.YawDeg, "and turned as it says", 0.01);
            alignment.Mark(new Vec3(0, 0, 0), 0, new Vec3(-30, 4, 0), 180);
            Check.Near(-30, alignment.ToMap(new Vec3(0, 0, 0)).X, "far off: at once");
            Check.Near(4, alignment.Shift.Y, "another level");
        }

        private static void Follow()
        {
            var path = new PathFollower();
            path.Take(Way(2, new[] { 0.0, 0, 0 }, new[] { 10.0, 0, 0 }, new[] { 10.0, 0, 1 }, new[] { 10.0, 5, 1 }));
            Check.Near(15, path.LengthM, "length; a change of level is no walking");
            path.Moved(4, 1, 0);
            Check.Near(4, path.AlongM, "along");
            Check.Near(1, path.OffM, "off");
            path.Moved(10.2, 3, 1);
            Check.Near(13, path.AlongM, "upstairs");
            Check.Near(2, path.RemainingM, "left");
            double east, north;
            var ahead = path.At(14, out east, out north);
            Check.Near(4, ahead.NorthM, "a point ahead");
            Check.Near(1, north, "leads north");
            Check.Equal(1, ahead.Level, "its level");
            path.Moved(0, 0, 7);
            Check.That(double.IsPositiveInfinity(path.OffM), "a level it does not touch");
            Check.Near(13, path.AlongM, "stays where it was");
            Check.That(!path.Take(Way(1, new[] { 0.0, 0, 0 }, new[] { 1.0, 0, 0 })), "an older revision is not taken");
            Check.That(path.Take(Way(3, new[] { 0.0, 0, 0 }, new[] { 1.0, 0, 0 })), "a newer one is");
            Check.Near(0, path.AlongM, "and begins at its start");
        }

        private static void Doubled()
        {
            // There and back on parallel aisles half a metre apart: no jump to the other one.
            var path = new PathFollower();
            path.Take(Way(1, new[] { 0.0, 0, 0 }, new[] { 20.0, 0, 0 }, new[] { 20.0, 0.5, 0 }, new[] { 0.0, 0.5, 0 }));
            for (var i = 0; i <= 20; i++)
            {
                path.Moved(i, 0.3, 0); // nearer to the way back
                Check.That(path.AlongM < 21.5, "jumped to the way back at " + i + ": " + path.AlongM);
            }
            for (var i = 20; i >= 0; i--) path.Moved(i, 0.3, 0);
            Check.That(path.AlongM > 38, "back at the start at the end of the way: " + path.AlongM);
        }

        private static void Poses()
        {
            var sender = new PoseSender();
            var sent = 0;
            for (var i = 0; i < 90 * 10; i++)
                if (sender.Offer(i * 0.02, 0, 0, 0, i / 90.0) != null) sent++;
            Check.That(sent >= 95 && sent <= 101, "ten a second while walking, got " + sent);
            sent = 0;
            for (var i = 0; i < 900; i++)
                if (sender.Offer(18, 0, 0, 0.5, 20 + i / 90.0) != null) sent++;
            Check.That(sent >= 5 && sent <= 7, "one each two seconds while standing, got " + sent);
            Check.Near(350, sender.Offer(18, 0, 0, -10, 60).HeadingDeg ?? 0, "0 to 360");
            Check.That(sender.Offer(double.NaN, 0, 0, 0, 70) == null, "no place, no pose");
        }

        private static void Visitors()
        {
            // Somebody walks 1.4 m/s; ten poses a second, every one 20 ms late or early, 3 % late by 400 ms.
            var track = new VisitorTrack();
            var random = new Random(5);
            var arrivals = new System.Collections.Generic.SortedList<double, double>();
            for (var i = 0; i < 600; i++)
            {
                var late = random.Next(100) < 3 ? 0.4 : 0.02 * random.NextDouble();
                arrivals[i * 0.1 + late + i * 1e-9] = i * 0.1;
            }
            double before = double.NaN, worst = 0, worstBack = 0;
            var next = 0;
            for (var frame = 0; frame < 60 * 60; frame++)
            {
                var now = frame / 60.0;
                while (next < arrivals.Count && arrivals.Keys[next] <= now)
                {
                    var at = arrivals.Values[next++];
                    track.Add(at, new VisitorPose { EastM = 1.4 * at, HeadingDeg = 90 });
                }
                VisitorPose shown;
                if (!track.TryShow(now, out shown) || now < 1) continue;
                worst = Math.Max(worst, Math.Abs(shown.EastM - 1.4 * (now - VisitorTrack.DelayS)));
                if (!double.IsNaN(before)) worstBack = Math.Max(worstBack, before - shown.EastM);
                before = shown.EastM;
            }
            Check.That(worst < 0.35, "never far from where they are, was " + worst);
            Check.That(worstBack < 0.02, "never back, was " + worstBack);
            var jump = new VisitorTrack();
            VisitorPose pose;
            Check.That(!jump.TryShow(0, out pose), "nobody yet");
            jump.Add(0, new VisitorPose { HeadingDeg = 350 });
            jump.Add(0.1, new VisitorPose { HeadingDeg = 10 });
            jump.TryShow(0.05 + VisitorTrack.DelayS, out pose);
            Check.Near(0, pose.HeadingDeg, "the short way round", 1e-6);
            jump.Add(0.2, new VisitorPose { EastM = 50, Level = 1 });
            jump.TryShow(0.15 + VisitorTrack.DelayS, out pose);
            Check.Near(0, pose.EastM, "a jump is not drawn as a flight");
            jump.TryShow(9, out pose);
            Check.Near(50, pose.EastM, "and then they stand there");
            jump.Add(0.2, new VisitorPose { EastM = 99 });
            Check.Near(0.2, jump.NewestS, "a doubled pose is left out");
        }

        private static void LevelsOf()
        {
            var levels = new Levels();
            Check.Near(8, levels.ElevationM(2), "four metres each until the plan has come");
            Check.Equal(-1, levels.LevelAt(-3.9), "below ground");
            var plan = new PlanBody();
            plan.Levels.Add(new LevelBody { Ordinal = 0, ElevationM = 0 });
            plan.Levels.Add(new LevelBody { Ordinal = 1, ElevationM = 5.5 });
            levels.Take(plan);
            Check.Equal(0, levels.LevelAt(4.6), "still the ground");
            Check.Equal(1, levels.LevelAt(5.3), "just on the first");
            Check.Equal(0, levels.LevelAt(-7), "nothing below the lowest");
        }

        private static Route Way(int revision, params double[][] points)
        {
            var body = new RouteBody();
            body.Points.AddRange(points);
            return new Route { Revision = revision, Of = "g", RouteBody = body };
        }
    }
}
