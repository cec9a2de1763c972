using System;
using System.Globalization;
using Shelfway.Messages;

namespace Shelfway
{
    public enum LinkState { Closed, Connecting, Open, Waiting, Refused }

    /// <summary>Who connects, where to, and with what it can do.</summary>
    public sealed class ClientOptions
    {
        public Uri Address = new Uri("ws://127.0.0.1:8765/v1/ws");
        public Hello Hello = new Hello { Version = Protocol.Version, Client = Hello.ClientValues.Unity };
        /// <summary>A session to go on with: survives a domain reload when whoever owns the client keeps it.</summary>
        public string Resume;
        public int Seed = Environment.TickCount;
    }

    /// <summary>
    /// The connection to the library: hello, resume, reconnect, and every message once. Nothing happens but in calls, all from
    /// one thread: call <see cref="Pump"/> every frame with a steady clock in seconds. Events are raised inside Pump.
    /// </summary>
    public sealed class LibraryClient : IDisposable
    {
        private const double OpenWithinS = 10.0;
        private const double PingEveryS = 10.0;
        private const double SilenceS = 25.0;
        private readonly ClientOptions options;
        private readonly Func<ITransport> open;
        private readonly Backoff backoff;
        private readonly Unanswered unanswered = new Unanswered();
        private ITransport line;
        private string session;
        private string language;
        private bool? speechOn;
        private Enter entered;
        private double stateSince;
        private double nextAt;
        private double heardAt;
        private double pingAt;
        private double? goAwayS;
        private readonly string idPrefix; // after a domain reload another client goes on with the same visit
        private int ids;

        public LibraryClient(ClientOptions options, Func<ITransport> open)
        {
            this.options = options;
            this.open = open;
            session = options.Resume;
            backoff = new Backoff(options.Seed);
            idPrefix = options.Seed.ToString("x8", CultureInfo.InvariantCulture);
        }

        public event Action<LinkState> StateChanged;
        public event Action<Welcome> Welcomed;
        /// <summary>Every message, welcome included, in the order it came; answers once each.</summary>
        public event Action<IMessage> Received;
        public event Action<AudioFrame> AudioReceived;
        public event Action<PoseFrame> PosesReceived;
        /// <summary>The server speaks another schema than this package; the argument is its hash. Both still talk.</summary>
        public event Action<string> SchemaDiffers;
        /// <summary>Something could not be read, or the server refused; a sentence for the developer.</summary>
        public event Action<string> Faulted;

        public LinkState State { get; private set; }

        /// <summary>The visit's id, a secret; null before the first welcome.</summary>
        public string Session { get { return session; } }

        public int UnansweredCount { get { return unanswered.Count; } }

        /// <summary>Begin to connect at the next Pump, and go on connecting until Close.</summary>
        public void Connect()
        {
            if (State == LinkState.Closed) Become(LinkState.Waiting, stateSince);
            nextAt = double.NegativeInfinity;
        }

        public void Close()
        {
            Drop();
            Become(LinkState.Closed, stateSince);
        }

        public void Dispose()
        {
            Close();
        }

        /// <summary>Ask a question. Its answer has the id that is returned; asked while the line is down it is sent later.</summary>
        public string Ask(string text, string lang = null, Position at = null)
        {
            var ask = new Ask { Id = NewId("q"), Text = text, Lang = lang, At = at };
            Request(ask.Id, ask);
            return ask.Id;
        }

        /// <summary>Be led to a place, a shelf face or `east,north@level`.</summary>
        public string GuideTo(string place, string profile = Guide.ProfileValues.Walk)
        {
            var guide = new Guide { Id = NewId("g"), To = place, Profile = profile };
            Request(guide.Id, guide);
            return guide.Id;
        }

        /// <summary>Be led to a record's shelf.</summary>
        public string GuideToRecord(string recordId, string profile = Guide.ProfileValues.Walk)
        {
            var guide = new Guide { Id = NewId("g"), RecordId = recordId, Profile = profile };
            Request(guide.Id, guide);
            return guide.Id;
        }

        public void StopGuide()
        {
            unanswered.StopGuiding();
            Send(new StopGuide());
        }

        /// <summary>Open the world of a record. WorldReady has the id that is returned, and the address of the file.</summary>
        public string OpenWorld(string recordId)
        {
            var world = new OpenWorld { Id = NewId("w"), RecordId = recordId };
            Request(world.Id, world);
            return world.Id;
        }

        /// <summary>Be with others, seen by nobody, those of one's own world, or all. Holds over broken lines.</summary>
        public void Enter(string name, string visible, string room = "building", bool hears = false, bool shares = false)
        {
            entered = new Enter { Name = name, Visible = visible, Room = room, Hears = hears, Shares = shares };
            Send(entered);
        }

        /// <summary>How one is with others, also while the line is down; null: alone.</summary>
        public Enter Entered { get { return entered; } }

        /// <summary>Choose anew who may see one, and who hears the librarian.</summary>
        public void Show(string visible, bool hears, bool shares)
        {
            if (entered != null) entered = new Enter { Name = entered.Name, Visible = visible, Room = entered.Room, Hears = hears, Shares = shares };
            Send(new Visibility { Visible = visible, Hears = hears, Shares = shares });
        }

        public void Leave()
        {
            entered = null;
            Send(new Leave());
        }

        /// <summary>Say something to those near by; said once, whatever the line does.</summary>
        public string Chat(string text)
        {
            var chat = new Chat { Id = NewId("c"), Text = text };
            Request(chat.Id, chat);
            return chat.Id;
        }

        public void SetLanguage(string lang)
        {
            language = lang;
            Send(new SetLanguage { Lang = lang });
        }

        public void SetSpeech(bool on)
        {
            speechOn = on;
            Send(new SetSpeech { On = on });
        }

        /// <summary>The reader has left: everything is forgotten, the connection stays.</summary>
        public void Reset()
        {
            unanswered.Clear();
            language = null;
            entered = null;
            Send(new Reset());
        }

        /// <summary>Send a message that matters only now (poses, playback, interrupt); false when the line is down.</summary>
        public bool Send(IMessage message)
        {
            if (State != LinkState.Open) return false;
            line.SendText(JsonWriter.TextOf(message));
            return true;
        }

        public bool SendAudio(AudioFrame frame)
        {
            return SendBytes(frame.ToBytes());
        }

        /// <summary>Where oneself is, as one binary frame with one pose.</summary>
        public bool SendPose(PoseFrame frame)
        {
            return SendBytes(frame.ToBytes());
        }

        /// <summary>Take what came and do what is due. <paramref name="now"/>: seconds of a clock that never goes back.</summary>
        public void Pump(double now)
        {
            if (State == LinkState.Closed) return;
            if ((State == LinkState.Waiting || State == LinkState.Refused) && now >= nextAt) Begin(now);
            TransportEvent news;
            // Handlers may close the client while it is being pumped.
            while (line != null && line.TryTake(out news)) Take(news, now);
            if (line != null) Watch(now);
        }

        private void Begin(double now)
        {
            line = open();
            heardAt = now;
            Become(LinkState.Connecting, now);
            line.Open(options.Address, Protocol.Subprotocol);
        }

        private void Take(TransportEvent news, double now)
        {
            heardAt = now;
            switch (news.News)
            {
                case TransportNews.Opened:
                    options.Hello.Resume = session;
                    line.SendText(JsonWriter.TextOf(options.Hello));
                    break;
                case TransportNews.Text: TakeText(news.Text, now); break;
                case TransportNews.Bytes: TakeBytes(news.Bytes); break;
                default: Lose(news.Code, now); break;
            }
        }

        private void TakeText(string text, double now)
        {
            IMessage message;
            try
            {
                message = ToClient.Read(text);
            }
            catch (WireException fault)
            {
                Tell("a message could not be read: " + fault.Message);
                return;
            }
            if (message == null) return; // of a newer server; the rules say to ignore it
            var welcome = message as Welcome;
            if (welcome != null) Enter(welcome, now);
            var goAway = message as GoAway;
            if (goAway != null) goAwayS = goAway.ReconnectInS;
            var inRoom = message as Entered;
            if (inRoom != null && entered == null) entered = AsBefore(inRoom);
            if (!unanswered.Take(message)) return;
            if (Received != null) Received(message);
        }

        private void TakeBytes(byte[] bytes)
        {
            AudioFrame audio = null;
            PoseFrame poses = null;
            try
            {
                // another kind is of a newer server
                if (bytes.Length > 0 && bytes[0] == AudioFrame.Kind) audio = AudioFrame.Read(bytes);
                if (bytes.Length > 0 && bytes[0] == PoseFrame.Kind) poses = PoseFrame.Read(bytes);
            }
            catch (WireException fault)
            {
                Tell("a binary frame could not be read: " + fault.Message);
            }
            if (audio != null && AudioReceived != null) AudioReceived(audio);
            if (poses != null && PosesReceived != null) PosesReceived(poses);
        }

        private void Enter(Welcome welcome, double now)
        {
            session = welcome.Session;
            backoff.Succeeded();
            pingAt = now + PingEveryS;
            Become(LinkState.Open, now);
            if (!welcome.Resumed && language != null) Send(new SetLanguage { Lang = language });
            if (!welcome.Resumed && speechOn != null) Send(new SetSpeech { On = speechOn.Value });
            if (!welcome.Resumed && entered != null) Send(entered);
            foreach (var message in unanswered.ToSendAgain(welcome.Resumed)) Send(message);
            if (welcome.SchemaHash.Length > 0 && welcome.SchemaHash != Protocol.SchemaHash && SchemaDiffers != null)
                SchemaDiffers(welcome.SchemaHash);
            if (Welcomed != null) Welcomed(welcome);
        }

        /// <summary>A visit that was resumed is in a room already, which a client that was made anew does not know.</summary>
        private static Enter AsBefore(Entered told)
        {
            return new Enter
            {
                Name = told.Name, Visible = told.Visible, Room = told.Room, World = told.World, Hears = told.Hears, Shares = told.Shares,
            };
        }

        private void Watch(double now)
        {
            if (State == LinkState.Connecting && now - stateSince > OpenWithinS) Lose(1006, now);
            else if (State == LinkState.Open && now - heardAt > SilenceS) Lose(1006, now);
            else if (State == LinkState.Open && now >= pingAt)
            {
                pingAt = now + PingEveryS;
                Send(new Ping());
            }
        }

        private void Lose(int code, double now)
        {
            Drop();
            if (code == 1000)
            {
                // Another connection goes on with this visit; taking it back would make the two fight for it.
                Tell("the visit goes on elsewhere, or is over");
                Become(LinkState.Closed, now);
                return;
            }
            var refused = code == 4401 || code == 4403;
            if (code >= 4400 || code == 1009) Tell("the server closed the line with " + code + ": " + CloseCodes.Meaning(code));
            nextAt = now + (refused ? Backoff.RefusedS : goAwayS ?? backoff.NextS());
            goAwayS = null;
            Become(refused ? LinkState.Refused : LinkState.Waiting, now);
        }

        private void Drop()
        {
            if (line != null) line.Dispose();
            line = null;
        }

        private bool SendBytes(byte[] bytes)
        {
            if (State != LinkState.Open) return false;
            line.SendBytes(bytes);
            return true;
        }

        /// <summary>Send a message that has an id, and again after a broken line, until it is answered.</summary>
        public void Request(string id, IMessage request)
        {
            unanswered.Add(id, request);
            Send(request);
        }

        /// <summary>An id that no other message of this visit has.</summary>
        public string NewId(string letter)
        {
            return letter + idPrefix + "-" + (++ids).ToString(CultureInfo.InvariantCulture);
        }

        private void Become(LinkState state, double now)
        {
            stateSince = now;
            if (State == state) return;
            State = state;
            if (StateChanged != null) StateChanged(state);
        }

        private void Tell(string what)
        {
            if (Faulted != null) Faulted(what);
        }
    }
}
