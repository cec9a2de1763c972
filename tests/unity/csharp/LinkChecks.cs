using System;
using System.Collections.Generic;
using Shelfway.Messages;

namespace Shelfway.Tests
{
    /// <summary>A line that does what the test says.</summary>
    public sealed class ScriptedLine : ITransport
    {
        public readonly Queue<TransportEvent> Coming = new Queue<TransportEvent>();
        public readonly List<IMessage> Sent = new List<IMessage>();
        public bool Disposed;

        public void Open(Uri address, string subprotocol)
        {
            Check.Equal("shelfway.v1", subprotocol, "subprotocol");
        }

        public void SendText(string text)
        {
            Sent.Add(FromClient.Read(text));
        }

        public void SendBytes(byte[] bytes) { }

        public bool TryTake(out TransportEvent news)
        {
            news = new TransportEvent();
            if (Disposed || Coming.Count == 0) return false;
            news = Coming.Dequeue();
            return true;
        }

        public void Dispose()
        {
            Disposed = true;
        }

        public void Say(IMessage message)
        {
            Coming.Enqueue(new TransportEvent { News = TransportNews.Text, Text = JsonWriter.TextOf(message) });
        }

        public void Up()
        {
            Coming.Enqueue(new TransportEvent { News = TransportNews.Opened });
        }
    }

    /// <summary>Hello, resume, reconnect, and every answer once, by a clock that the test moves.</summary>
    public static class LinkChecks
    {
        private static readonly List<ScriptedLine> Lines = new List<ScriptedLine>();

        public static void Run()
        {
            Once();
            WifiLost();
            NewVisit();
            Refused();
            GoAwayAndSilence();
            Schema();
        }

        private static ScriptedLine Line { get { return Lines[Lines.Count - 1]; } }

        private static LibraryClient Make()
        {
            Lines.Clear();
            var client = new LibraryClient(new ClientOptions { Seed = 1 }, () =>
            {
                Lines.Add(new ScriptedLine());
                return Line;
            });
            client.Connect();
            client.Pump(0);
            return client;
        }

        private static void Welcome(LibraryClient client, double now, bool resumed, string session = "s1", string hash = "")
        {
            Line.Up();
            Line.Say(new Welcome { Session = session, Resumed = resumed, Lang = "en", SchemaHash = hash });
            client.Pump(now);
            Check.Equal(LinkState.Open, client.State, "open after welcome");
        }

        private static void Once()
        {
            var client = Make();
            var answers = 0;
            client.Received += m => answers += m is Answer ? 1 : 0;
            var early = client.Ask("before the line is up");
            Welcome(client, 0.1, false);
            Check.Equal("hello,ask", Types(Line), "hello first, then what waited");
            Line.Say(new Answer { Of = early, Intent = "unclear" });
            Line.Say(new Answer { Of = early, Intent = "unclear" });
            Line.Say(new Answer { Of = "turn-1", Intent = "unclear" });
            client.Pump(0.2);
            Check.Equal(2, answers, "the doubled answer once, and that of a spoken turn");
            Line.Coming.Enqueue(new TransportEvent { News = TransportNews.Text, Text = "{\"type\":\"answer\"}" });
            Line.Coming.Enqueue(new TransportEvent { News = TransportNews.Text, Text = "no json" });
            Line.Coming.Enqueue(new TransportEvent { News = TransportNews.Bytes, Bytes = new byte[] { 9, 9 } });
            Line.Coming.Enqueue(new TransportEvent { News = TransportNews.Bytes, Bytes = new byte[0] });
            var faults = 0;
            client.Faulted += what => faults++;
            client.Pump(0.3);
            Check.Equal(2, faults, "two unreadable messages are told");
            Check.Equal(LinkState.Open, client.State, "and nothing breaks");
        }

        private static void WifiLost()
        {
            var client = Make();
            Welcome(client, 0, false);
            var asked = client.Ask("in flight");
            Line.Coming.Enqueue(TransportEvent.Closed(1006));
            client.Pump(1);
            Check.Equal(LinkState.Waiting, client.State, "lost");
            var now = 1.0;
            for (; now < 31; now += 1 / 60.0)
            {
                client.Pump(now);
                if (client.State == LinkState.Connecting) Line.Coming.Enqueue(TransportEvent.Closed(1006));
            }
            Check.That(Lines.Count >= 7 && Lines.Count <= 14, "a few attempts in 30 s, got " + Lines.Count);
            Check.That(!client.Send(new Interrupt()), "what matters only now is not kept");
            client.Ask("while it was down");
            var before = Lines.Count;
            for (; Lines.Count == before; now += 0.1) client.Pump(now);
            Welcome(client, now, true);
            Check.Equal("hello,ask,ask", Types(Line), "asked again, in order");
            Check.Equal("s1", ((Hello)Line.Sent[0]).Resume, "the visit goes on");
            Check.Equal(asked, ((Ask)Line.Sent[1]).Id, "by the same id");
        }

        private static void NewVisit()
        {
            var client = Make();
            Welcome(client, 0, false);
            client.SetLanguage("zh");
            client.SetSpeech(false);
            var guide = client.GuideTo("toilet");
            Line.Say(new Route { Of = guide, Revision = 1, RouteBody = new RouteBody(), Reason = "start" });
            Line.Coming.Enqueue(TransportEvent.Closed(1006));
            client.Pump(1);
            client.Pump(5);
            Welcome(client, 5, true);
            Check.Equal("hello", Types(Line), "a resumed visit still leads");
            Line.Coming.Enqueue(TransportEvent.Closed(1006));
            client.Pump(6);
            client.Pump(10);
            Welcome(client, 10, false, "s2");
            Check.Equal("hello,set_language,set_speech,guide", Types(Line), "a new visit is told everything");
            Line.Say(new Arrived { Revision = 1 });
            Line.Coming.Enqueue(TransportEvent.Closed(1012));
            client.Pump(11);
            client.Pump(15);
            Welcome(client, 15, false, "s3");
            Check.Equal("hello,set_language,set_speech", Types(Line), "who has arrived is not led again");
            Line.Coming.Enqueue(TransportEvent.Closed(1000));
            client.Pump(16);
            client.Pump(60);
            Check.Equal(LinkState.Closed, client.State, "a visit that goes on elsewhere is not taken back");
            client.Close();
            client.Pump(100);
            Check.Equal(LinkState.Closed, client.State, "closed for good");
            client.Connect();
            client.Pump(101);
            Check.Equal(LinkState.Connecting, client.State, "until asked again");
        }

        private static void Refused()
        {
            var client = Make();
            Line.Coming.Enqueue(TransportEvent.Closed(4401));
            var told = "";
            client.Faulted += what => told = what;
            client.Pump(0.1);
            Check.Equal(LinkState.Refused, client.State, "refused");
            Check.That(told.Contains("4401") && told.Length > 40, "says why: " + told);
            client.Pump(29);
            Check.Equal(1, Lines.Count, "and is patient");
            client.Pump(31);
            Check.Equal(2, Lines.Count, "but tries again");
        }

        private static void GoAwayAndSilence()
        {
            var client = Make();
            Welcome(client, 0, false);
            Line.Say(new GoAway { ReconnectInS = 5 });
            Line.Coming.Enqueue(TransportEvent.Closed(1012));
            client.Pump(1);
            client.Pump(5.9);
            Check.Equal(1, Lines.Count, "as long as it was told");
            client.Pump(6.1);
            Welcome(client, 6.2, true);
            for (var now = 6.2; now < 31; now += 0.1) client.Pump(now);
            Check.Equal("hello,ping,ping", Types(Line), "it asks whether the server is there");
            client.Pump(31.3);
            Check.Equal(LinkState.Waiting, client.State, "25 s of silence is a dead line");
            client.Pump(40);
            client.Pump(51);
            Check.Equal(LinkState.Waiting, client.State, "so are 10 s without a welcome");
        }

        private static void Schema()
        {
            var client = Make();
            var other = "";
            client.SchemaDiffers += hash => other = hash;
            Welcome(client, 0, false, "s1", Protocol.SchemaHash);
            Check.Equal("", other, "the same schema is no news");
            client = Make();
            client.SchemaDiffers += hash => other = hash;
            Welcome(client, 0, false, "s1", "000000000000");
            Check.Equal("000000000000", other, "another schema is told");
            Check.Equal(LinkState.Open, client.State, "and does not keep them from talking");
        }

        private static string Types(ScriptedLine line)
        {
            return string.Join(",", line.Sent.ConvertAll(m => m.Type).ToArray());
        }
    }
}
