using System.Collections.Generic;
using Shelfway.Messages;

namespace Shelfway
{
    /// <summary>Something in the chat: said, overheard, or that somebody came, went or made a gesture.</summary>
    public sealed class ChatLine
    {
        public string Kind;
        public long Number;
        public string Name = "";
        public string Text = "";
        public bool IsOwn;
    }

    /// <summary>A pin and until when it is shown, seconds of the clock that Pump is told.</summary>
    public sealed class ShownPin
    {
        public Pinned Pin;
        public double UntilS;
    }

    /// <summary>
    /// What happens in the room besides moving: who is there, what is said, pins, notes, the tour. Told every message and the
    /// time; what one does oneself goes through the client and is done once, whatever the line does.
    /// </summary>
    public sealed class Company
    {
        public const int LinesKept = 100;
        private readonly LibraryClient client;
        private readonly Dictionary<long, PersonBody> people = new Dictionary<long, PersonBody>();
        private readonly Dictionary<string, ShownPin> pins = new Dictionary<string, ShownPin>();
        private readonly Dictionary<string, NoteBody> notes = new Dictionary<string, NoteBody>();
        private readonly List<ChatLine> lines = new List<ChatLine>();
        private readonly HashSet<string> said = new HashSet<string>();
        private double mutedUntil = double.NegativeInfinity;
        private double lastNow;

        public Company(LibraryClient client)
        {
            this.client = client;
        }

        /// <summary>The room one is in, as the server told it; null while alone.</summary>
        public Entered Entered { get; private set; }

        /// <summary>The tour of the room; null when none is under way.</summary>
        public Tour Tour { get; private set; }

        public ICollection<PersonBody> People { get { return people.Values; } }
        public ICollection<ShownPin> Pins { get { return pins.Values; } }
        public ICollection<NoteBody> Notes { get { return notes.Values; } }

        /// <summary>The newest lines of the chat, oldest first; the list is the same object all the time.</summary>
        public IList<ChatLine> Lines { get { return lines; } }

        /// <summary>Counts up with every change, for those who draw only then.</summary>
        public int Changes { get; private set; }

        /// <summary>Staff have asked one to be silent.</summary>
        public bool IsMuted { get { return lastNow < mutedUntil; } }

        public string NameOf(long number)
        {
            PersonBody person;
            return people.TryGetValue(number, out person) ? person.Name : "";
        }

        /// <summary>Point at a place of the map for a while; the id that <see cref="Unpin"/> takes.</summary>
        public string Point(double eastM, double northM, int level, string text = "", double lastsS = 30)
        {
            var pin = new Pin { Id = client.NewId("p"), EastM = eastM, NorthM = northM, Level = level, Text = text, LastsS = lastsS };
            client.Request(pin.Id, pin);
            return pin.Id;
        }

        public void Unpin(string pin)
        {
            client.Send(new Unpin { Id = client.NewId("u"), Pin = pin });
        }

        /// <summary>Leave a text at a place for those who come later.</summary>
        public string LeaveNote(string text, double eastM, double northM, int level)
        {
            return Leave(new Note { Kind = Note.KindValues.Note, Text = text, EastM = eastM, NorthM = northM, Level = level });
        }

        /// <summary>Put a book at a place, that others can open.</summary>
        public string Exhibit(string recordId, string text, double eastM, double northM, int level)
        {
            return Leave(new Note
            {
                Kind = Note.KindValues.Exhibit, RecordId = recordId, Text = text, EastM = eastM, NorthM = northM, Level = level,
            });
        }

        public void RemoveNote(string note)
        {
            var remove = new RemoveNote { Id = client.NewId("x"), Note = note };
            client.Request(remove.Id, remove);
        }

        /// <summary>Is this note one's own? Staff may take away any.</summary>
        public bool MayRemove(NoteBody note)
        {
            return Entered != null && (note.Author == Entered.Author || Entered.Role == Entered.RoleValues.Staff);
        }

        public void Emote(string name)
        {
            client.Send(new Emote { Name = name });
        }

        /// <summary>Be followed by others, wherever one goes.</summary>
        public string LeadOthers(string title)
        {
            return Lead(new LeadTour { LedBy = LeadTour.LedByValues.Person, Title = title });
        }

        /// <summary>Let the librarian lead through a tour that the library keeps.</summary>
        public string BeginTour(string tour, string profile = LeadTour.ProfileValues.Walk)
        {
            return Lead(new LeadTour { Tour = tour, LedBy = LeadTour.LedByValues.Librarian, Profile = profile });
        }

        public void Follow(bool on, string profile = FollowTour.ProfileValues.Walk)
        {
            client.Send(new FollowTour { On = on, Profile = profile });
        }

        /// <summary>Take one's own tour on, back, or end it; values of SteerTour.ToValues.</summary>
        public void Steer(string to)
        {
            client.Send(new SteerTour { To = to });
        }

        /// <summary>Take any message; those that are not about others are left alone.</summary>
        public void Take(IMessage message, double now)
        {
            lastNow = now;
            var before = Changes;
            Changes++;
            if (!TakeComing(message) && !TakeWords(message, now) && !TakePlaces(message, now)) Changes = before;
        }

        /// <summary>Once a frame: pins whose time is over go.</summary>
        public void Tick(double now)
        {
            lastNow = now;
            List<string> over = null;
            foreach (var pair in pins)
                if (pair.Value.UntilS <= now) (over = over ?? new List<string>()).Add(pair.Key);
            if (over == null) return;
            foreach (var key in over) pins.Remove(key);
            Changes++;
        }

        /// <summary>The line broke, or one has left: who is there will be told anew. What was said stays to be read.</summary>
        public void Clear()
        {
            Entered = null;
            Tour = null;
            people.Clear();
            pins.Clear();
            notes.Clear();
            Changes++;
        }

        private bool TakeComing(IMessage message)
        {
            var entered = message as Entered;
            if (entered != null || message is Left) Clear();
            if (entered != null) Entered = entered;
            var all = message as People;
            if (all != null)
            {
                people.Clear();
                foreach (var person in all.PeopleValue) Meet(person);
            }
            var near = message as Neighbours;
            if (near != null)
                foreach (var person in near.People) Meet(person);
            var joined = message as Joined;
            if (joined != null)
            {
                people[joined.Person.Number] = joined.Person;
                Add("joined", joined.Person.Number, joined.Person.Name, "");
            }
            var parted = message as Parted;
            if (parted != null)
            {
                Add("parted", parted.Number, NameOf(parted.Number), "");
                people.Remove(parted.Number);
            }
            return entered != null || message is Left || all != null || near != null || joined != null || parted != null;
        }

        private bool TakeWords(IMessage message, double now)
        {
            var spoken = message as Said;
            if (spoken != null)
            {
                // told again after a broken line, the sender gets it twice
                if (said.Count > 1000) said.Clear();
                if (said.Add(spoken.Number + " " + spoken.Of)) Add("said", spoken.Number, spoken.Name, spoken.Text);
            }
            var heard = message as Overheard;
            if (heard != null) Add("overheard", heard.Number, heard.Name, heard.Text);
            var emoted = message as Emoted;
            if (emoted != null) Add("emoted", emoted.Number, NameOf(emoted.Number), emoted.Name);
            var moderated = message as Moderated;
            if (moderated != null && moderated.Of == null)
                mutedUntil = moderated.Act == Moderated.ActValues.Mute ? now + moderated.ForS : double.NegativeInfinity;
            return spoken != null || heard != null || emoted != null || moderated != null;
        }

        private bool TakePlaces(IMessage message, double now)
        {
            var pinned = message as Pinned;
            if (pinned != null) pins[pinned.Number + " " + pinned.Of] = new ShownPin { Pin = pinned, UntilS = now + pinned.LastsS };
            var unpinned = message as Unpinned;
            if (unpinned != null) pins.Remove(unpinned.Number + " " + unpinned.Of);
            var left = message as Notes;
            if (left != null)
            {
                notes.Clear();
                foreach (var note in left.NotesValue) notes[note.Id] = note;
            }
            var noted = message as Noted;
            if (noted != null) notes[noted.Note.Id] = noted.Note;
            var removed = message as NoteRemoved;
            if (removed != null) notes.Remove(removed.Note);
            var tour = message as Tour;
            if (tour != null) Tour = tour.Phase == Tour.PhaseValues.Ended ? null : tour;
            return pinned != null || unpinned != null || left != null || noted != null || removed != null || tour != null;
        }

        private void Meet(PersonBody person)
        {
            // those near are told in one frame for all, so one is among them oneself
            if (Entered == null || person.Number != Entered.Number) people[person.Number] = person;
        }

        private string Leave(Note note)
        {
            note.Id = client.NewId("n");
            client.Request(note.Id, note);
            return note.Id;
        }

        private string Lead(LeadTour lead)
        {
            lead.Id = client.NewId("t");
            client.Request(lead.Id, lead);
            return lead.Id;
        }

        private void Add(string kind, long number, string name, string text)
        {
            if (lines.Count == LinesKept) lines.RemoveAt(0);
            lines.Add(new ChatLine
            {
                Kind = kind, Number = number, Name = name, Text = text, IsOwn = Entered != null && Entered.Number == number,
            });
        }
    }
}
