using System.Collections.Generic;

namespace Shelfway
{
    /// <summary>Everybody who is to be seen, by number, each moving smoothly. Told by pose frames.</summary>
    public sealed class Visitors
    {
        private const double SilentS = 35.0; // the server forgets somebody after 30 s without a pose
        private readonly Dictionary<long, Visitor> people = new Dictionary<long, Visitor>();

        public ICollection<Visitor> All { get { return people.Values; } }

        public void Take(PoseFrame frame, double now)
        {
            if (frame.Full) KeepOnly(frame);
            foreach (var number in frame.Gone) people.Remove(number);
            foreach (var pose in frame.Poses)
            {
                Visitor visitor;
                if (!people.TryGetValue(pose.Number, out visitor)) people[pose.Number] = visitor = new Visitor();
                var before = visitor.Pose.HeadingDeg;
                visitor.Pose = pose;
                visitor.Track.Add(now, new VisitorPose
                {
                    EastM = pose.EastM, NorthM = pose.NorthM, Level = frame.Level, HeadingDeg = pose.HeadingDeg ?? before ?? 0,
                });
            }
        }

        /// <summary>Forget those of whom nothing has been heard for long; once a frame.</summary>
        public void Tick(double now)
        {
            List<long> silent = null;
            foreach (var pair in people)
                if (now - pair.Value.Track.NewestS > SilentS) (silent = silent ?? new List<long>()).Add(pair.Key);
            if (silent != null)
                foreach (var number in silent) people.Remove(number);
        }

        /// <summary>The line broke: who is there will be told anew.</summary>
        public void Clear()
        {
            people.Clear();
        }

        private void KeepOnly(PoseFrame frame)
        {
            var there = new HashSet<long>();
            foreach (var pose in frame.Poses) there.Add(pose.Number);
            foreach (var number in new List<long>(people.Keys))
                if (!there.Contains(number)) people.Remove(number);
        }
    }

    /// <summary>One person to be drawn.</summary>
    public sealed class Visitor
    {
        /// <summary>As last told: role, gesture, world.</summary>
        public SeenPose Pose;
        public readonly VisitorTrack Track = new VisitorTrack();
    }
}
