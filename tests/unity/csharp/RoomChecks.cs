using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Shelfway.Messages;

namespace Shelfway.Tests
{
    /// <summary>Rooms without a server: what one does is done once, pins end, worlds that must not be shown are not.</summary>
    public static class RoomChecks
    {
        private static readonly List<ScriptedLine> Lines = new List<ScriptedLine>();

        private static ScriptedLine Line { get { return Lines[Lines.Count - 1]; } }

        public static void Run()
        {
            Together();
            OnceOverABrokenLine();
            MadeAnew();
            Doors();
            Files();
            Spikes();
        }

        private static Visit Make()
        {
            Lines.Clear();
            var visit = new Visit(new ClientOptions { Seed = 1 }, () =>
            {
                Lines.Add(new ScriptedLine());
                return Line;
            });
            visit.Client.Connect();
            visit.Pump(0, 0);
            Welcome(visit, 0, false);
            return visit;
        }

        private static void Welcome(Visit visit, double now, bool resumed)
        {
            Line.Up();
            Line.Say(new Welcome { Session = "s1", Resumed = resumed, Lang = "en" });
            visit.Pump(now, 0);
        }

        private static Entered In(string room, long number = 7)
        {
            return new Entered { Number = number, Room = room, World = "virtual", Visible = "all", Author = "a1", Role = "reader" };
        }

        private static void Hear(Visit visit, double now, params IMessage[] messages)
        {
            foreach (var message in messages) Line.Say(message);
            visit.Pump(now, 0);
        }

        private static PersonBody Ada()
        {
            return new PersonBody { Number = 9, Name = "Ada", Role = "reader", World = "virtual" };
        }

        private static void Together()
        {
            var visit = Make();
            var company = visit.Company;
            visit.Client.Enter("Ann", Enter.VisibleValues.All, "group");
            Hear(visit, 1, In("group"), new People { PeopleValue = new List<PersonBody>(), Total = 0 }, new Joined { Person = Ada() });
            Check.Equal("Ada", company.People.Single().Name, "who is there");
            var changes = company.Changes;
            Hear(visit, 1.5, new Pong());
            Check.Equal(changes, company.Changes, "a pong is no news");
            Hear(visit, 2, new Pinned { Of = "p1", Number = 9, Name = "Ada", EastM = 1.5, LastsS = 10, Text = "here" },
                new Said { Of = "c1", Number = 9, Name = "Ada", Text = "look" }, new Said { Of = "c1", Number = 9, Name = "Ada", Text = "look" },
                new Overheard { Number = 9, Name = "Ada", Text = "It is upstairs.", Lang = "en" });
            Check.Equal("joined,said,overheard", string.Join(",", company.Lines.Select(l => l.Kind).ToArray()), "said once");
            visit.Pump(11.9, 0);
            Check.Equal(1, company.Pins.Count, "the pin, still");
            visit.Pump(12, 0);
            Check.Equal(0, company.Pins.Count, "its time is over");
            var mine = new NoteBody { Id = "n1", Kind = "note", Text = "a", Author = "a1", WrittenAt = "2026-11-24T18:00:00Z" };
            var other = new NoteBody { Id = "n2", Kind = "note", Text = "b", Author = "a2", WrittenAt = "2026-11-24T18:00:00Z" };
            Hear(visit, 13, new Notes { Room = "group", NotesValue = new List<NoteBody> { mine } }, new Noted { Of = "x", Note = other });
            Check.That(company.MayRemove(mine) && !company.MayRemove(other), "one's own only");
            Hear(visit, 14, new NoteRemoved { Of = "y", Note = "n2" }, new Moderated { Act = "mute", Number = 7, ForS = 10 });
            Check.Equal(1, company.Notes.Count, "one is gone");
            Check.That(company.IsMuted, "silent by order of staff");
            visit.Pump(24.1, 0);
            Check.That(!company.IsMuted, "for ten seconds");
            Hear(visit, 25, new Tour { Of = "t", LedBy = "person", Leader = 9, Phase = "walking", Followers = 2 });
            Check.Equal(9L, company.Tour.Leader ?? 0, "the tour");
            Hear(visit, 26, new Tour { Of = "t", LedBy = "person", Phase = "ended", Reason = "finished" }, new Parted { Number = 9 });
            Check.That(company.Tour == null && company.People.Count == 0, "over, and alone");
            for (var i = 0; i < 300; i++) Hear(visit, 30, new Said { Of = "m" + i, Number = 9, Name = "Ada", Text = "again" });
            Check.Equal(Company.LinesKept, company.Lines.Count, "the chat does not grow without end");
            Hear(visit, 31, new Left());
            Check.That(company.Entered == null && company.Notes.Count == 0, "left");
        }

        private static void OnceOverABrokenLine()
        {
            var visit = Make();
            visit.Client.Enter("Ann", Enter.VisibleValues.All, "group", true, false);
            Hear(visit, 1, In("group"));
            var pin = visit.Company.Point(1.5, 2.5, 0, "here", 60);
            var note = visit.Company.LeaveNote("The light is best here", 1.5, 2.5, 0);
            Line.Coming.Enqueue(TransportEvent.Closed(1006));
            visit.Pump(2, 0);
            Check.That(visit.Company.Entered == null, "alone while the line is down");
            visit.Pump(10, 0);
            Welcome(visit, 10, true);
            Check.Equal("hello,pin,note", string.Join(",", Line.Sent.Select(m => m.Type).ToArray()), "asked again; entering is resumed");
            Check.Equal(1.5, ((Pin)Line.Sent[1]).EastM, "with its numbers, in any culture");
            Hear(visit, 11, In("group", 8), new Pinned { Of = pin, Number = 8, LastsS = 60 },
                new Noted { Of = note, Note = new NoteBody { Id = "n", Kind = "note", Author = "a1", WrittenAt = "" } });
            Check.Equal(0, visit.Client.UnansweredCount, "and done");
            Line.Coming.Enqueue(TransportEvent.Closed(1006));
            visit.Pump(12, 0);
            visit.Pump(25, 0);
            Welcome(visit, 25, false);
            var again = Line.Sent.OfType<Enter>().Single();
            Check.That(again.Room == "group" && again.Hears && !again.Shares, "a new visit enters again as before");
        }

        /// <summary>A domain reload forgets everything but the session; the server does not.</summary>
        private static void MadeAnew()
        {
            var visit = Make();
            var told = In("group");
            told.Name = "Ann";
            told.Hears = true;
            Hear(visit, 1, told);
            Check.That(visit.Client.Entered.Name == "Ann" && visit.Client.Entered.Hears, "in the room as before, by the server's word");
            visit.Client.Show(Enter.VisibleValues.Nobody, false, false);
            Check.Equal("Ann", visit.Client.Entered.Name, "and under the same name");
            visit = Make();
            told = In("world-1");
            told.Kind = Entered.KindValues.World;
            told.Name = "Ann";
            Hear(visit, 1, told);
            var back = Line.Sent.OfType<Enter>().Single();
            Check.That(back.Room == "building" && back.Name == "Ann", "out of a world of which nothing is left here");
        }

        private static void Doors()
        {
            var visit = Make();
            var files = new List<WorldFile>();
            var ready = new List<WorldReady>();
            visit.Door.Ready += ready.Add;
            visit.Door.Changed += files.Add;
            visit.Client.Enter("Ann", Enter.VisibleValues.Own, "building", true, true);
            Hear(visit, 1, In("building"));
            visit.Path.Take(WayOf(10));
            var of = visit.Door.Open("r1");
            Hear(visit, 2, new WorldProgress { Of = of, Done = 1, Steps = 4 });
            Check.Near(0.25, visit.Door.Progress, "painting");
            Hear(visit, 3, new WorldReady { Of = "other", Room = "world-x" }, Ready(of, Glb(Portal)));
            Check.Equal(1, ready.Count, "only what was asked for");
            var broken = Glb(Portal);
            broken[broken.Length - 1] ^= 1;
            Check.Throws<WireException>(() => visit.Door.Step(ready[0], broken), "another file than the one promised");
            Check.That(!visit.Door.IsInside && !Line.Sent.OfType<Enter>().Any(e => e.Room != "building"), "and nothing has changed");
            visit.Door.Step(ready[0], Glb(Portal));
            Check.Equal("world-1", Line.Sent.OfType<Enter>().Last().Room, "with those who are there");
            Check.Equal("own", Line.Sent.OfType<Enter>().Last().Visible, "seen as before");
            var inside = In("world-1");
            inside.Kind = Entered.KindValues.World;
            Hear(visit, 4, inside);
            Check.Equal("world-1", Line.Sent.OfType<Enter>().Last().Room, "and stays");
            visit.Moved(50, 50, 3, 0, 5);
            var pose = Line.Sent.OfType<Messages.Pose>().Last();
            Check.Equal(0, pose.Level, "a world has one level");
            Check.Near(0, visit.Path.AlongM, "and is nowhere on the way through the building");
            visit.Door.Go(files[0].Things.Single(t => t.To == "record"));
            Hear(visit, 6, new ErrorMessage { Of = Line.Sent.OfType<OpenWorld>().Last().Id, Code = "busy", Message = "" });
            Check.That(visit.Door.IsInside && visit.Door.Progress < 0, "a world that cannot be had leaves one in this one");
            visit.Door.Go(files[0].Things.Single(t => t.To == "shelf"));
            Check.Equal("building", Line.Sent.OfType<Enter>().Last().Room, "back");
            Check.That(files.Count == 2 && files[1] == null && !visit.Door.IsInside, "out of it");
        }

        private const string Portal = "{\"asset\":{\"version\":\"2.0\"},\"scene\":0,\"scenes\":[{\"nodes\":[0]}],\"nodes\":["
            + "{\"rotation\":[0,0.70710678,0,0.70710678],\"scale\":[2,2,2],\"children\":[1,2]},"
            + "{\"translation\":[1,0,0],\"extras\":{\"hotspot\":{\"kind\":\"portal\",\"to\":\"record\",\"record_id\":\"r2\",\"title\":\"三体\",\"new\":[1]}}},"
            + "{\"translation\":[0,1,3],\"extras\":{\"hotspot\":{\"kind\":\"portal\",\"to\":\"shelf\",\"record_id\":null}}}]}";

        private static void Files()
        {
            var file = WorldFile.Read(Glb(Portal), "");
            Check.Equal(2, file.Things.Count, "things");
            Check.Equal("三体", file.Things[0].Title, "by name");
            Check.Near(-2, file.Things[0].At.Z, "turned and scaled with what it hangs under", 1e-6);
            Check.Near(6, file.Things[1].At.X, "the other one", 1e-6);
            Check.Near(2, file.Things[1].At.Y, "its height", 1e-6);
            var bad = new Dictionary<string, byte[]>
            {
                { "nothing", new byte[0] }, { "a page that says 404", Encoding.UTF8.GetBytes("<html>not found, not found</html>") },
                { "cut off", Glb(Portal).Take(60).ToArray() },
                { "older", Glb(Portal.Replace("2.0", "1.0")) },
                { "without a scene", Glb("{\"asset\":{\"version\":\"2.0\"},\"scenes\":[],\"nodes\":[]}") },
                { "with an empty scene", Glb("{\"asset\":{\"version\":\"2.0\"},\"scenes\":[{\"nodes\":[]}],\"nodes\":[]}") },
                { "naming a node it has not", Glb("{\"asset\":{\"version\":\"2.0\"},\"scenes\":[{\"nodes\":[4]}],\"nodes\":[{}]}") },
                { "in a circle", Glb("{\"asset\":{\"version\":\"2.0\"},\"scenes\":[{\"nodes\":[0]}],\"nodes\":[{\"children\":[1]},{\"children\":[0]}]}") },
                { "no JSON", Glb("{\"asset\":{\"version\":\"2.0\"},") },
                { "nested without end", Glb("{\"asset\":" + new string('[', 5000)) },
            };
            foreach (var pair in bad) Check.Throws<WireException>(() => WorldFile.Read(pair.Value, ""), "a world " + pair.Key);
            Check.Throws<WireException>(() => WorldFile.Read(Glb(Portal), new string('0', 64)), "another hash");
            var random = new Random(5);
            for (var i = 0; i < 3000; i++)
            {
                var bytes = Glb(Portal);
                for (var hits = random.Next(1, 6); hits > 0; hits--) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
                try
                {
                    WorldFile.Read(bytes, "");
                }
                catch (WireException)
                {
                    // named; any other exception fails the test
                }
            }
        }

        /// <summary>3 % of the packets come 80 to 350 ms late, and what follows them too: nothing is lost, nobody jumps.</summary>
        private static void Spikes()
        {
            var random = new Random(11);
            var player = new SpeechPlayer();
            var whole = false;
            player.Ended += (track, all) => whole = all;
            player.Take(SpeechChecks.Start(1));
            player.Take(SpeechChecks.Clause(1, 0, 20));
            const int frames = 500, rate = 22050;
            const double frameS = 0.04, lead = 0.4;
            var arrives = new double[frames];
            var late = 0;
            for (var i = 0; i < frames; i++)
            {
                var delay = random.Next(100) < 3 ? 0.08 + 0.27 * random.NextDouble() : 0.005 * random.NextDouble();
                if (delay > 0.05) late++;
                arrives[i] = Math.Max(i == 0 ? 0 : arrives[i - 1], Math.Max(0, i * frameS - lead) + delay);
            }
            Check.That(late >= 8, "there were spikes: " + late);
            var buffer = new float[441];
            double heard = 0, said = 0;
            var next = 0;
            var silent = 0;
            for (var now = 0.0; now < frames * frameS + 2; now += 0.02)
            {
                for (; next < frames && arrives[next] <= now; next++)
                {
                    player.Take(SpeechChecks.Tone(1, next, (int)(rate * frameS)));
                    said += (int)(rate * frameS) * (8000 / 32768.0);
                }
                if (next == frames) player.Take(new SpeechEnd { Utterance = 1, DurationS = frames * frameS });
                Array.Clear(buffer, 0, buffer.Length);
                player.Read(buffer, 1, rate);
                var sum = buffer.Sum(v => (double)v);
                if (sum == 0 && heard > 0 && heard < said) silent++;
                heard += sum;
                player.Tick();
            }
            Check.That(whole, "all of it was played");
            Check.Near(said, heard, "every sample once", said * 0.002);
            Check.That(silent <= 2, "the lead covers the spikes; silent for " + silent * 20 + " ms");
            Visitors(random);
        }

        /// <summary>An hour in a busy room: a word, a pin, a note and somebody coming or going each second.</summary>
        public static void Hour()
        {
            var company = new Company(null);
            company.Take(In("group"), 0);
            for (var second = 0; second < 3600; second++)
            {
                var who = new PersonBody { Number = 100 + second, Name = "P" + second, Role = "reader", World = "virtual" };
                var note = new NoteBody { Id = "n" + second, Kind = "note", Text = "text", Author = "a", WrittenAt = "" };
                company.Take(new Joined { Person = who }, second);
                company.Take(new Said { Of = "c" + second, Number = who.Number, Name = who.Name, Text = "hello" }, second);
                company.Take(new Pinned { Of = "p" + second, Number = who.Number, LastsS = 20 }, second);
                company.Take(new Noted { Of = "m" + second, Note = note }, second);
                company.Take(new NoteRemoved { Note = note.Id }, second);
                company.Take(new Parted { Number = who.Number }, second);
                company.Tick(second);
            }
            Check.That(company.People.Count == 0 && company.Pins.Count <= 20 && company.Notes.Count == 0, "who and what is gone is gone");
            Check.Equal(Company.LinesKept, company.Lines.Count, "the chat has its length");
        }

        private static void Visitors(Random random)
        {
            var track = new VisitorTrack();
            var coming = new Queue<KeyValuePair<double, double>>();
            double arrived = 0;
            for (var i = 0; i < 1200; i++)
            {
                var delay = random.Next(100) < 3 ? 0.08 + 0.17 * random.NextDouble() : 0.01 * random.NextDouble();
                arrived = Math.Max(arrived + 1e-6, i * 0.05 + delay);
                coming.Enqueue(new KeyValuePair<double, double>(arrived, i * 0.05 * 1.4)); // walking at 1.4 m/s
            }
            double before = 0, back = 0, most = 0;
            for (var now = 0.0; now < 60; now += 1 / 60.0)
            {
                while (coming.Count > 0 && coming.Peek().Key <= now)
                {
                    var one = coming.Dequeue();
                    track.Add(one.Key, new VisitorPose { EastM = one.Value });
                }
                VisitorPose shown;
                if (!track.TryShow(now, out shown)) continue;
                back = Math.Max(back, before - shown.EastM);
                most = Math.Max(most, shown.EastM - before);
                before = shown.EastM;
            }
            Check.That(back < 0.25, "nobody walks back by more than a hand: " + back);
            Check.That(most < 0.6, "nobody jumps: " + most);
        }

        private static Route WayOf(int metres)
        {
            var body = new RouteBody { LengthM = metres, Points = new List<double[]> { new double[] { 0, 0, 0 }, new double[] { metres, 0, 0 } } };
            return new Route { Of = "g", Revision = 1, Reason = "start", RouteBody = body };
        }

        private static WorldReady Ready(string of, byte[] bytes)
        {
            using (var sha = System.Security.Cryptography.SHA256.Create())
                return new WorldReady
                {
                    Of = of, Room = "world-1", Url = "/store/x.glb", Bytes = bytes.Length, Label = "algorithmic", Licence = "CC0-1.0",
                    Hash = string.Concat(sha.ComputeHash(bytes).Select(b => b.ToString("x2")).ToArray()), Title = "", Painter = "",
                };
        }

        /// <summary>A binary glTF with this description and nothing else.</summary>
        public static byte[] Glb(string description)
        {
            var text = Encoding.UTF8.GetBytes(description);
            var padded = (text.Length + 3) / 4 * 4;
            var bytes = new byte[20 + padded];
            for (var i = 20 + text.Length; i < bytes.Length; i++) bytes[i] = 0x20;
            BitConverter.GetBytes(0x46546C67u).CopyTo(bytes, 0);
            BitConverter.GetBytes(2u).CopyTo(bytes, 4);
            BitConverter.GetBytes((uint)bytes.Length).CopyTo(bytes, 8);
            BitConverter.GetBytes((uint)padded).CopyTo(bytes, 12);
            BitConverter.GetBytes(0x4E4F534Au).CopyTo(bytes, 16);
            text.CopyTo(bytes, 20);
            return bytes;
        }
    }
}
