using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Net;
using Shelfway.Messages;

namespace Shelfway.Tests
{
    /// <summary>
    /// The whole of a visit with another reader, against a real server: ask, be led, meet, talk, point, leave a note, follow a
    /// tour, and go through a portal into the world of a book with them, and back.
    /// </summary>
    public static class LiveRooms
    {
        private static readonly Stopwatch Clock = Stopwatch.StartNew();

        public static void Run(Visit ann, ClientOptions options, string room, List<IMessage> got, Action<Visit, Func<bool>, string> until)
        {
            var heard = new List<IMessage>();
            using (var ben = new Visit(new ClientOptions { Address = options.Address, Seed = 8 }, () => new NetTransport()))
            {
                ben.Client.Received += heard.Add;
                ben.Client.Connect();
                Action<Func<bool>, string> both = (isSo, what) => until(ann, () =>
                {
                    ben.Pump(Clock.Elapsed.TotalSeconds, 0);
                    return isSo();
                }, what);
                both(() => ben.Client.State == LinkState.Open, "Ben");
                ann.Client.SetSpeech(false);
                ann.Client.Ask("Where is Pride and Prejudice?");
                both(() => ann.LastAnswer != null && ann.LastAnswer.Items.Count > 0, "the book");
                var book = ann.LastAnswer.Items[0];
                ann.Client.GuideToRecord(book.RecordId);
                both(() => ann.Path.LengthM > 0, "the way");
                Meet(ann, ben, room, both);
                Talk(ann, ben, both);
                Follow(ann, ben, both);
                GoIn(ann, ben, book.RecordId, both);
                Check.Equal(0, ann.Client.UnansweredCount + ben.Client.UnansweredCount, "nothing is waited for");
                Check.Equal(1, got.OfType<Answer>().Count(), "one answer");
            }
        }

        private static void Meet(Visit ann, Visit ben, string room, Action<Func<bool>, string> both)
        {
            ann.Client.Enter("Ann", Enter.VisibleValues.Own, room);
            both(() => ann.Company.Entered != null, "Ann is in");
            ben.Client.Enter("Ben", Enter.VisibleValues.Own, room);
            both(() => ben.Company.People.Any(p => p.Name == "Ann") && ann.Company.People.Any(p => p.Name == "Ben"), "both know who is there");
        }

        private static void Talk(Visit ann, Visit ben, Action<Func<bool>, string> both)
        {
            ben.Client.Chat("Look there");
            var pin = ben.Company.Point(1.25, -2.5, 0, "this shelf", 60);
            both(() => ann.Company.Lines.Any(l => l.Text == "Look there" && l.Name == "Ben") && ann.Company.Pins.Count == 1, "a word and a pin");
            var shown = ann.Company.Pins.Single().Pin;
            Check.That(shown.EastM == 1.25 && shown.NorthM == -2.5 && shown.Text == "this shelf", "where and what");
            ben.Company.Unpin(pin);
            both(() => ann.Company.Pins.Count == 0, "taken back");
            ben.Company.Emote(Emote.NameValues.Clap);
            ann.Company.LeaveNote("The light is best here", 1.5, 2.5, 0);
            both(() => ben.Company.Notes.Count == 1 && ann.Company.Lines.Any(l => l.Kind == "emoted"), "a note, and applause");
            var note = ben.Company.Notes.Single();
            Check.That(!ben.Company.MayRemove(note) && ann.Company.MayRemove(ann.Company.Notes.Single()), "it is Ann's");
            ann.Company.RemoveNote(note.Id);
            both(() => ben.Company.Notes.Count == 0, "and gone");
        }

        private static void Follow(Visit ann, Visit ben, Action<Func<bool>, string> both)
        {
            ann.Company.LeadOthers("Come with me");
            both(() => ben.Company.Tour != null, "a tour");
            Check.Equal(ann.Company.Entered.Number, ben.Company.Tour.Leader ?? -1, "Ann leads");
            ben.Company.Follow(true);
            ben.Moved(0, -6, 0, 0, 100);
            both(() => ann.Company.Tour.Followers == 1, "Ben follows");
            ann.Moved(6, -14, 0, 0, 101);
            both(() => ben.Path.LengthM > 0, "and is led after her");
            ann.Company.Steer(SteerTour.ToValues.End);
            both(() => ben.Company.Tour == null, "it is over");
        }

        private static void GoIn(Visit ann, Visit ben, string recordId, Action<Func<bool>, string> both)
        {
            var files = new Dictionary<Visit, WorldFile>();
            foreach (var visit in new[] { ann, ben })
            {
                var who = visit;
                visit.Door.Ready += ready => files[who] = who.Door.Step(ready, Fetch(who, ready.Url));
                visit.Door.Open(recordId);
            }
            both(() => files.Count == 2 && ann.Company.Entered != null && ann.Company.Entered.Kind == Entered.KindValues.World, "the world, entered");
            both(() => ann.Company.People.Any(p => p.Name == "Ben") && ben.Company.People.Any(p => p.Name == "Ann"), "both in it");
            Check.That(ann.Door.World.Room == ben.Door.World.Room, "in one room");
            Check.That(files[ann].Things.Any(t => t.Kind == "title") && files[ann].Things.Any(t => t.To == "shelf"), "a title and a way back");
            ann.Moved(400, 300, 5, 0, 200);
            ben.Moved(401, 300, 0, 0, 200);
            both(() => ann.Visitors.All.Any(v => v.Name == "Ben" && v.Pose.EastM > 400), "Ben, where he stands in the world");
            ben.Client.Chat("What a place");
            both(() => ann.Company.Lines.Any(l => l.Text == "What a place"), "heard in it");
            foreach (var visit in new[] { ann, ben }) visit.Door.Go(files[visit].Things.First(t => t.To == "shelf"));
            both(() => ann.Company.Entered != null && ann.Company.Entered.Kind != Entered.KindValues.World
                && ann.Company.People.Any(p => p.Name == "Ben"), "back, both");
        }

        private static byte[] Fetch(Visit visit, string path)
        {
            var address = visit.Address;
            using (var web = new WebClient())
                return web.DownloadData("http://" + address.Authority + path);
        }
    }
}
