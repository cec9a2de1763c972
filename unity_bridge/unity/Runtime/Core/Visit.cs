using System;
using Shelfway.Messages;

namespace Shelfway
{
    /// <summary>
    /// One reader's visit: connection, voice, way and poses, joined. Tell it the time every frame; read what to show. All calls
    /// from one thread but <see cref="SpeechPlayer.Read"/>.
    /// </summary>
    public sealed class Visit : IDisposable
    {
        private readonly PoseSender poses = new PoseSender();
        private double lastPump;
        private long streams;

        public Visit(ClientOptions options, Func<ITransport> open)
        {
            Address = options.Address;
            Client = new LibraryClient(options, open);
            Company = new Company(Client);
            Door = new WorldDoor(Client);
            Client.Received += Take;
            Client.AudioReceived += Player.Take;
            Client.PosesReceived += frame => Visitors.Take(frame, lastPump);
            Client.StateChanged += state =>
            {
                if (state == LinkState.Open) return;
                Player.LineLost();
                Visitors.Clear();
                Company.Clear();
            };
            Player.Report += report => Client.Send(report);
        }

        public readonly Uri Address;
        public readonly LibraryClient Client;
        public readonly SpeechPlayer Player = new SpeechPlayer();
        public readonly PathFollower Path = new PathFollower();
        public readonly Visitors Visitors = new Visitors();
        public readonly Company Company;
        public readonly WorldDoor Door;
        public readonly Levels Levels = new Levels();
        public readonly MouthWeights Mouth = new MouthWeights();

        /// <summary>What was said with this answer; null before the first.</summary>
        public Answer LastAnswer { get; private set; }

        /// <summary>The goal was reached and the bay should be lit; null while under way.</summary>
        public Arrived ArrivedAt { get; private set; }

        /// <summary>Caption to show now, empty when nothing is said.</summary>
        public string Caption { get; private set; } = "";

        /// <summary>What her body does now; null when nothing special.</summary>
        public Cue Cue { get; private set; }

        /// <summary>Once a frame. <paramref name="latencyS"/>: from reading samples to hearing them.</summary>
        public void Pump(double now, double latencyS)
        {
            var passed = Math.Max(0, now - lastPump);
            lastPump = now;
            Client.Pump(now);
            Visitors.Tick(now);
            Company.Tick(now);
            Player.Tick();
            double seconds;
            var track = Player.Audible(latencyS, out seconds);
            Caption = track == null ? "" : track.CaptionAt(seconds);
            Cue = track == null ? null : track.CueAt(seconds);
            Mouth.Move(track == null ? "sil" : track.VisemeAt(seconds), passed);
        }

        /// <summary>The reader is here, as often as is known; what is worth sending is sent.</summary>
        public void Moved(double eastM, double northM, int level, double headingDeg, double now)
        {
            if (Client.State == LinkState.Open)
            {
                var pose = poses.Offer(eastM, northM, Door.IsInside ? 0 : level, headingDeg, now);
                if (pose != null) Client.Send(pose);
            }
            if (!Door.IsInside) Path.Moved(eastM, northM, level);
        }

        /// <summary>Begin to listen; null when the line is down. Frames it makes go to Client.SendAudio.</summary>
        public MicrophonePacker Listen(int sampleRate, bool push, string lang = null)
        {
            var listen = new Listen
            {
                Stream = ++streams, SampleRate = sampleRate, Lang = lang,
                Mode = push ? Messages.Listen.ModeValues.Push : Messages.Listen.ModeValues.Open,
            };
            return Client.Send(listen) ? new MicrophonePacker(listen.Stream, sampleRate) : null;
        }

        public void ListenEnd()
        {
            Client.Send(new ListenEnd { Stream = streams });
        }

        /// <summary>Fall silent here and there.</summary>
        public void Interrupt()
        {
            Client.Send(new Interrupt());
            Player.Hush();
        }

        public void Dispose()
        {
            Client.Dispose();
        }

        private void Take(IMessage message)
        {
            Player.Take(message);
            Visitors.Take(message, lastPump);
            Company.Take(message, lastPump);
            Door.Take(message);
            var answer = message as Answer;
            if (answer != null) LastAnswer = answer;
            var route = message as Route;
            if (route != null)
            {
                if (route.Revision == 1) Path.Clear(); // a new guidance counts anew
                ArrivedAt = null;
                Path.Take(route);
            }
            var arrived = message as Arrived;
            if (arrived != null) ArrivedAt = arrived;
            if (arrived != null || message is GuideStopped || message is NoWay) Path.Clear();
        }
    }
}
