using System.Collections.Generic;
using Shelfway.Messages;

namespace Shelfway
{
    /// <summary>Everybody who is to be seen, by number, each moving smoothly. Told by pose frames and messages.</summary>
    public sealed class Visitors
    {
        private const double SilentS = 35.0; // the server forgets somebody after 30 s without a pose
        private const int MostKnown = 1000;
        private readonly Dictionary<long, Visitor> people = new Dictionary<long, Visitor>();

        private readonly Dictionary<long, PersonBody> known = new Dictionary<long, PersonBody>();

        public ICollection<Visitor> All { get { return people.Values; } }

        /// <summary>One's own number; −1 while alone.</summary>
        public long OwnNumber { get; private set; } = -1;

        /// <summary>Take any message; those that are not about others are left alone.</summary>
        public void Take(IMessage message, double now)
        {
            var entered = message as Entered;
            if (entered != null || message is Left)
            {
                Clear();
                OwnNumber = entered == null ? -1 : entered.Number;
            }
            var neighbours = message as Neighbours;
            if (neighbours != null)
                foreach (var person in neighbours.People) Meet(person);
            Visitor visitor;
            var said = message as Said;
            if (said != null && people.TryGetValue(said.Number, out visitor))
            {
                visitor.Bubble = said.Text;
                visitor.BubbleAt = now;
            }
            var emoted = message as Emoted;
            if (emoted != null && people.TryGetValue(emoted.Number, out visitor))
            {
                visitor.Emote = emoted.Name;
                visitor.Emotes++;
            }
        }

        public void Take(PoseFrame frame, double now)
        {
            if (frame.Full) KeepOnly(frame);
            foreach (var number in frame.Gone) people.Remove(number);
            foreach (var pose in frame.Poses)
            {
                if (pose.Number == OwnNumber) continue; // everybody near is told the same, so one is among them
                Visitor visitor;
                if (!people.TryGetValue(pose.Number, out visitor)) people[pose.Number] = visitor = New(pose.Number);
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
            known.Clear();
            OwnNumber = -1;
        }

        private void Meet(PersonBody person)
        {
            if (known.Count >= MostKnown) known.Clear(); // numbers are not used again; who is drawn has the name already
            known[person.Number] = person;
            Visitor visitor;
            if (people.TryGetValue(person.Number, out visitor)) visitor.Name = person.Name;
        }

        private Visitor New(long number)
        {
            PersonBody person;
            return new Visitor { Name = known.TryGetValue(number, out person) ? person.Name : "" };
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
        public string Name = "";
        /// <summary>What they said last, and when.</summary>
        public string Bubble = "";
        public double BubbleAt;
        /// <summary>The gesture they made last, and how many they have made: another count, make it.</summary>
        public string Emote = "";
        public int Emotes;
        public readonly VisitorTrack Track = new VisitorTrack();
    }
}
