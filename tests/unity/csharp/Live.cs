using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using Shelfway.Messages;

namespace Shelfway.Tests
{
    /// <summary>Journeys against a real server. Prints a line at each station, so that the caller can act at it.</summary>
    public static class Live
    {
        private static readonly Stopwatch Clock = Stopwatch.StartNew();
        private static readonly List<IMessage> Got = new List<IMessage>();
        private static readonly List<long> Frames = new List<long>();
        private static readonly float[] Buffer = new float[882];
        private static NetTransport socket;
        private static double readTo;
        private static double loud;

        public static void Run(string journey, string address, string address2)
        {
            var options = new ClientOptions { Address = new Uri(address), Seed = 7 };
            options.Hello.Languages = new List<string> { "en" };
            options.Hello.Capabilities = new List<string> { "speech_out", "visemes", "captions", "map", "poses" };
            using (var visit = new Visit(options, () => socket = new NetTransport()))
            {
                visit.Client.Received += Got.Add;
                visit.Client.AudioReceived += frame => Frames.Add(frame.FirstSample);
                visit.Client.SchemaDiffers += hash => Console.WriteLine("schema " + hash);
                visit.Client.Faulted += what => Console.WriteLine("fault " + what);
                visit.Client.Connect();
                Until(visit, () => visit.Client.State == LinkState.Open, "the welcome");
                if (journey == "ask") Asked(visit);
                else if (journey == "guide") Guided(visit);
                else if (journey == "cut") Cut(visit);
                else if (journey == "killed") Killed(visit);
                else if (journey == "reload") Reloaded(visit, options);
                else if (journey == "speak") Spoken(visit, address2);
                else if (journey == "meet") Met(visit, options);
                else if (journey == "world") World(visit);
                else if (journey == "rooms") LiveRooms.Run(visit, options, address2, Got, Until);
                else if (journey == "hello") Console.WriteLine("open");
                else throw new ArgumentException(journey);
            }
        }

        private static void Asked(Visit visit)
        {
            var mouths = new HashSet<int>();
            var captions = new HashSet<string>();
            var reports = 0;
            var whole = false;
            var ended = false;
            visit.Player.Report += report => reports++;
            visit.Player.Ended += (track, all) => { whole = all; ended = true; };
            var id = visit.Client.Ask("Where is Pride and Prejudice?");
            Until(visit, () => Got.OfType<Answer>().Any(), "the answer");
            var answer = Got.OfType<Answer>().Single();
            Check.Equal(id, answer.Of, "its question");
            Check.That(answer.Items[0].Title.StartsWith("Pride and Prejudice", StringComparison.Ordinal), answer.Items[0].Title);
            Check.That(answer.Items[0].Shelf.Point.EastM != 0, "where it stands");
            Until(visit, () =>
            {
                if (visit.Caption.Length > 0) captions.Add(visit.Caption);
                for (var i = 0; i < visit.Mouth.Weights.Length; i++)
                    if (visit.Mouth.Weights[i] > 0.5f) mouths.Add(i);
                return ended;
            }, "the end of the speech");
            Check.That(whole, "all of it was heard");
            Check.That(loud > 100, "and it sounded: " + loud);
            Check.That(mouths.Count >= 6, "the mouth moved: " + mouths.Count);
            Check.That(captions.Count >= 2, "captions changed: " + captions.Count);
            Check.That(reports >= 3, "the server was told what was heard: " + reports);
            var end = Got.OfType<SpeechEnd>().Single();
            Check.Equal(answer.Utterance ?? -1, end.Utterance, "one utterance");
            Check.Equal(Frames.Count, Frames.Distinct().Count(), "no frame twice");
            Check.That(Frames.SequenceEqual(Frames.OrderBy(f => f)), "frames in order");
        }

        private static void Guided(Visit visit)
        {
            visit.Client.SetSpeech(false);
            var guide = visit.Client.GuideTo("Group Room 201");
            Until(visit, () => Got.OfType<Route>().Any(), "a route");
            Check.Equal(guide, Got.OfType<Route>().First().Of, "the request's");
            var steps = 0;
            // Walk the way as drawn, 1 m at a time, waiting for the server to have seen each.
            for (var metres = 0.0; visit.ArrivedAt == null && steps < 400; metres += 1.0, steps++)
            {
                double east, north;
                var at = visit.Path.At(metres, out east, out north);
                var heading = Shelfway.Frames.UnityToHeading(new Vec3(east, 0, north));
                var seen = Got.Count;
                visit.Moved(at.EastM, at.NorthM, at.Level, heading, steps * 0.7);
                Until(visit, () => visit.ArrivedAt != null || Got.Skip(seen).Any(m => m is Progress), "progress at " + metres);
                var progress = Got.OfType<Progress>().Last();
                if (visit.ArrivedAt == null)
                    Check.Near(progress.RemainingM, visit.Path.RemainingM, "client and server agree on what is left", 1.5);
            }
            Check.That(visit.ArrivedAt != null, "arrived");
            Check.That(Got.OfType<StepDue>().Any(), "steps were told");
            Check.That(!Got.OfType<Route>().Any(r => r.Reason == "off_route"), "never off the way");
            Check.Equal(0, visit.Client.UnansweredCount, "nothing is waited for");
        }

        private static void Cut(Visit visit)
        {
            var session = visit.Client.Session;
            visit.Client.GuideTo("Café");
            Until(visit, () => Got.OfType<Route>().Any(), "a route");
            var first = visit.Client.Ask("Where is Pride and Prejudice?");
            Until(visit, () => Frames.Count > 5, "the voice");
            var second = visit.Client.Ask("When do you open?");
            socket.Dispose(); // the Wi-Fi goes; the question is on its way or not
            Until(visit, () => visit.Client.State != LinkState.Open, "the break");
            var third = visit.Client.Ask("Where are the toilets?");
            Until(visit, () => Got.OfType<Answer>().Select(a => a.Of).Distinct().Count() == 3, "all answers");
            Check.Equal(session, visit.Client.Session, "the same visit");
            Check.That(Got.OfType<Welcome>().Last().Resumed, "resumed");
            Until(visit, () => visit.Player.Waiting > 0 && loud > 100, "the voice is back");
            Once(first, second, third);
        }

        private static void Killed(Visit visit)
        {
            var session = visit.Client.Session;
            var heard = new Dictionary<string, int>();
            visit.Player.Ended += (track, all) => heard[track.Of] = heard.ContainsKey(track.Of) ? heard[track.Of] + 1 : 1;
            visit.Client.GuideTo("Café");
            Until(visit, () => Got.OfType<Route>().Any(), "a route");
            var first = visit.Client.Ask("Where is Pride and Prejudice?");
            Until(visit, () => Frames.Count > 20 && visit.Caption.Length > 0, "the voice");
            Console.WriteLine("speaking"); // the server is killed now
            Until(visit, () => visit.Client.State != LinkState.Open, "the break");
            Console.WriteLine("broken"); // and started again
            var second = visit.Client.Ask("Thank you");
            Until(visit, () => Got.OfType<Answer>().Any(a => a.Of == second), "the answer to what was asked meanwhile");
            Check.That(visit.Client.Session != session, "the new server knows nothing of the visit");
            Until(visit, () => Got.OfType<Route>().Count() >= 2, "the way is asked for again");
            Until(visit, () => heard.ContainsKey(second), "the new voice to its end");
            Check.Equal(1, heard[first], "what was here of the old speech was played once");
            Check.Equal(1, heard[second], "the new speech once, though its number is the old one's");
            Once(first, second);
        }

        /// <summary>A domain reload loses the objects but not the session id; the old socket may still hang there.</summary>
        private static void Reloaded(Visit old, ClientOptions options)
        {
            var asked = old.Client.Ask("Where is Pride and Prejudice?");
            Until(old, () => Frames.Count > 5, "the voice");
            Got.Clear();
            options.Resume = old.Client.Session;
            options.Seed++;
            using (var next = new Visit(options, () => socket = new NetTransport()))
            {
                next.Client.Received += Got.Add;
                next.Client.Connect();
                Until(next, () => next.Client.State == LinkState.Open, "the welcome");
                Check.That(Got.OfType<Welcome>().Single().Resumed, "the same visit");
                var follow = next.Client.Ask("Take me there");
                Until(next, () => Got.OfType<Route>().Any(), "a way: it still knows what was spoken of");
                Check.That(asked != follow, "ids of the two objects do not meet");
                Once(follow);
                Until(old, () => old.Client.State == LinkState.Closed, "the old one gives way");
            }
        }

        /// <summary>A recording, sent as a microphone would give it: it is heard, and answered.</summary>
        private static void Spoken(Visit visit, string wav)
        {
            var bytes = System.IO.File.ReadAllBytes(wav);
            var rate = BitConverter.ToInt32(bytes, 24);
            var samples = new float[(bytes.Length - 44) / 2];
            for (var i = 0; i < samples.Length; i++) samples[i] = BitConverter.ToInt16(bytes, 44 + 2 * i) / 32768f;
            var packer = visit.Listen(rate, true, "en");
            for (var at = 0; at < samples.Length; at += rate / 60)
            {
                var piece = samples.Skip(at).Take(rate / 60).ToArray();
                packer.Add(piece, piece.Length, 1, frame => Check.That(visit.Client.SendAudio(frame), "sent"));
            }
            visit.ListenEnd();
            Until(visit, () => Got.OfType<Heard>().Any(h => h.Final), "what was heard");
            var heard = Got.OfType<Heard>().Last(h => h.Final);
            Console.WriteLine("heard " + heard.Text);
            Until(visit, () => Got.OfType<Answer>().Any(a => a.Of == heard.Of), "its answer");
            visit.Interrupt();
            Until(visit, () => visit.Player.Waiting == 0, "silence");
        }

        private static void Met(Visit ann, ClientOptions options)
        {
            var other = new ClientOptions { Address = options.Address, Seed = 8 };
            using (var ben = new Visit(other, () => new NetTransport()))
            {
                ben.Client.Connect();
                Until(ann, () => { ben.Pump(Clock.Elapsed.TotalSeconds, 0); return ben.Client.State == LinkState.Open; }, "Ben");
                ann.Client.Enter("Ann", Enter.VisibleValues.Own);
                ben.Client.Enter("Ben", Enter.VisibleValues.Own);
                var here = Got.OfType<Welcome>().First().Here;
                Func<Func<bool>, Func<bool>> walking = isSo => () =>
                {
                    var now = Clock.Elapsed.TotalSeconds;
                    ben.Pump(now, 0);
                    ann.Moved(here.EastM, here.NorthM, here.Level, 0, now);
                    ben.Moved(here.EastM + 1.5, here.NorthM, here.Level, 270, now);
                    return isSo();
                };
                Until(ann, walking(() => ann.Visitors.All.Any(v => v.Name == "Ben")), "Ben in sight, by name");
                Until(ann, walking(() => ben.Visitors.All.Any(v => v.Name == "Ann")), "Ann in his");
                Check.That(ann.Visitors.OwnNumber >= 0 && ann.Visitors.OwnNumber != ben.Visitors.OwnNumber, "numbers");
                var seen = ann.Visitors.All.Single(v => v.Name == "Ben");
                Check.Near(here.EastM + 1.5, seen.Pose.EastM, "where he is", 0.02);
                Check.Near(270, seen.Pose.HeadingDeg ?? 0, "where he looks", 0.01);
                Check.That(seen.Pose.IsVirtual, "in the virtual library, as clients of kind unity are");
                ben.Client.Chat("Hello, Ann");
                ben.Client.Send(new Emote { Name = Emote.NameValues.Wave });
                Until(ann, walking(() => seen.Bubble == "Hello, Ann" && seen.Emote == "wave"), "a word and a wave");
                Until(ann, walking(() => ben.Client.UnansweredCount == 0), "his own word back");
                ben.Client.Leave();
                Until(ann, () => { ben.Pump(Clock.Elapsed.TotalSeconds, 0); return ann.Visitors.All.Count == 0; }, "Ben gone");
            }
        }

        private static void World(Visit visit)
        {
            visit.Client.SetSpeech(false);
            visit.Client.Ask("Where is Pride and Prejudice?");
            Until(visit, () => Got.OfType<Answer>().Any(), "the book");
            var id = visit.Client.OpenWorld(Got.OfType<Answer>().Single().Items[0].RecordId);
            Until(visit, () => Got.OfType<WorldReady>().Any(), "its world");
            var ready = Got.OfType<WorldReady>().Single();
            Check.Equal(id, ready.Of, "the request's");
            Check.Equal(0, visit.Client.UnansweredCount, "nothing is waited for");
            Console.WriteLine("world " + ready.Url + " " + ready.Bytes + " " + ready.Hash);
        }

        private static void Once(params string[] ids)
        {
            foreach (var id in ids)
                Check.Equal(1, Got.OfType<Answer>().Count(a => a.Of == id), "answers to " + id);
            Check.Equal(ids.Length, Got.OfType<Answer>().Count(), "and no other answer");
        }

        /// <summary>Pump, and read sound as a sound card would, until something is so.</summary>
        private static void Until(Visit visit, Func<bool> isSo, string what)
        {
            var from = Clock.Elapsed.TotalSeconds;
            while (true)
            {
                var now = Clock.Elapsed.TotalSeconds;
                visit.Pump(now, 0);
                for (readTo = Math.Max(readTo, now - 0.5); readTo < now; readTo += 0.02)
                {
                    visit.Player.Read(Buffer, 2, 22050);
                    foreach (var value in Buffer) loud += Math.Abs(value);
                }
                if (isSo()) return;
                foreach (var error in Got.OfType<ErrorMessage>()) throw new CheckFailed(error.Code + ": " + error.Message);
                if (now - from > 40) throw new CheckFailed("waited in vain for " + what + "; got "
                    + string.Join(" ", Got.Skip(Math.Max(0, Got.Count - 12)).Select(m => m.Type).ToArray()));
                Thread.Sleep(4);
            }
        }
    }
}
