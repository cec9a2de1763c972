using System;
using System.Collections.Generic;
using Shelfway.Messages;

namespace Shelfway
{
    /// <summary>
    /// The librarian's voice. Messages and frames go in on the pumping thread, <see cref="Read"/> fills buffers on the audio
    /// thread, <see cref="Tick"/> tells on the pumping thread what was heard. One clock: the samples that were read.
    /// Memory is fixed: rings are used again.
    /// </summary>
    public sealed class SpeechPlayer
    {
        private const double RingS = 20.0;
        private const int RingSamples = (int)(RingS * 48000);
        private const double ReportEveryS = 0.5;
        private const double FadeS = 0.05;
        private readonly object door = new object();
        private readonly List<Utterance> queue = new List<Utterance>();
        private readonly Stack<PcmRing> spare = new Stack<PcmRing>();
        private readonly List<Utterance> over = new List<Utterance>();
        private float gain = 1f;

        /// <summary>The first sample of an utterance was heard.</summary>
        public event Action<SpeechTrack> Started;
        /// <summary>Send this to the server: each half second, and when playing stops.</summary>
        public event Action<Playback> Report;
        /// <summary>An utterance is over; true: all of it was heard, false: it was cut short.</summary>
        public event Action<SpeechTrack, bool> Ended;

        /// <summary>Utterances that sound or wait.</summary>
        public int Waiting
        {
            get { lock (door) return queue.Count; }
        }

        /// <summary>Rings made so far; does not grow with time.</summary>
        public int RingsMade { get; private set; }

        /// <summary>Samples that found no room; 0 unless nobody reads.</summary>
        public long Lost { get; private set; }

        /// <summary>Take any message; those that are not about speech are left alone.</summary>
        public void Take(IMessage message)
        {
            lock (door)
            {
                var start = message as SpeechStart;
                if (start != null && Find(start.Utterance) == null) queue.Add(new Utterance(start, Ring()));
                var clause = message as SpeechClause;
                if (clause != null) With(clause.Utterance, u => u.Track.Add(clause));
                var end = message as SpeechEnd;
                if (end != null) With(end.Utterance, u => u.Whole = true);
                var duck = message as Duck;
                if (duck != null) With(duck.Utterance, u => u.Gain = (float)duck.Gain);
                var flush = message as Flush;
                if (flush != null) With(flush.Utterance, Cut);
            }
        }

        public void Take(AudioFrame frame)
        {
            lock (door) With(frame.Stream, u =>
            {
                var before = u.Ring.Lost;
                u.Ring.Write(frame.FirstSample, frame.Samples, frame.Channels);
                Lost += u.Ring.Lost - before;
            });
        }

        /// <summary>The line broke. What is here is played to its end; a new visit's utterances do not mix with it.</summary>
        public void LineLost()
        {
            lock (door)
                foreach (var utterance in queue)
                {
                    utterance.Whole = true;
                    utterance.Broken = true;
                    utterance.Gain = 1f;
                }
        }

        /// <summary>Stop everything at once.</summary>
        public void Hush()
        {
            lock (door)
                while (queue.Count > 0) Cut(queue[0]);
        }

        /// <summary>Fill a buffer, interleaved; silence where there is nothing. Called on the audio thread.</summary>
        public void Read(float[] buffer, int channels, int sampleRate)
        {
            Array.Clear(buffer, 0, buffer.Length);
            lock (door)
            {
                var step = (float)(1.0 / (FadeS * sampleRate));
                for (var i = 0; i + channels <= buffer.Length; i += channels)
                {
                    var utterance = Sounding();
                    if (utterance == null) return;
                    gain += Math.Max(-step, Math.Min(step, utterance.Gain - gain));
                    if (gain <= 0f && utterance.Gain <= 0f) return; // held: the clock stands with it
                    var value = utterance.Next(sampleRate) * gain;
                    for (var channel = 0; channel < channels; channel++) buffer[i + channel] = value;
                }
            }
        }

        /// <summary>Which moment of which utterance is heard; null when none. <paramref name="latencyS"/>: read to heard.</summary>
        public SpeechTrack Audible(double latencyS, out double seconds)
        {
            lock (door)
            {
                var utterance = queue.Count > 0 && queue[0].PlayedS > 0 ? queue[0] : null;
                seconds = utterance == null ? 0 : Math.Max(0, utterance.PlayedS - latencyS);
                return utterance == null ? null : utterance.Track;
            }
        }

        /// <summary>Raise the events that are due.</summary>
        public void Tick()
        {
            var ended = new List<Utterance>();
            Utterance current;
            double playedS;
            lock (door)
            {
                Sounding();
                ended.AddRange(over);
                over.Clear();
                current = queue.Count > 0 && queue[0].PlayedS > 0 ? queue[0] : null;
                playedS = current == null ? 0 : current.PlayedS; // the audio thread goes on meanwhile
            }
            foreach (var utterance in ended)
            {
                Begin(utterance, utterance.PlayedS);
                Tell(utterance, utterance.PlayedS);
                if (Ended != null) Ended(utterance.Track, !utterance.WasCut);
            }
            if (current == null) return;
            Begin(current, playedS);
            if (playedS - current.ReportedS >= ReportEveryS) Tell(current, playedS);
        }

        private void Begin(Utterance utterance, double playedS)
        {
            if (utterance.BeginTold || playedS <= 0) return;
            utterance.BeginTold = true;
            if (Started != null) Started(utterance.Track);
        }

        private void Tell(Utterance utterance, double playedS)
        {
            utterance.ReportedS = playedS;
            if (utterance.Broken || Report == null) return; // the number may belong to another utterance by now
            Report(new Playback { Utterance = utterance.Track.Utterance, PlayedS = playedS });
        }

        /// <summary>The utterance whose samples are due; those that have been played to their end are put away.</summary>
        private Utterance Sounding()
        {
            while (queue.Count > 0 && queue[0].Whole && queue[0].Ran) PutAway(queue[0], queue[0].Broken);
            return queue.Count > 0 && !queue[0].Ran ? queue[0] : null;
        }

        private void Cut(Utterance utterance)
        {
            PutAway(utterance, true);
        }

        private void PutAway(Utterance utterance, bool cut)
        {
            queue.Remove(utterance);
            utterance.WasCut = cut;
            over.Add(utterance);
            spare.Push(utterance.Ring);
            utterance.Ring = null;
            gain = 1f;
        }

        private PcmRing Ring()
        {
            if (spare.Count == 0)
            {
                RingsMade++;
                return new PcmRing(RingSamples);
            }
            var ring = spare.Pop();
            ring.Clear();
            return ring;
        }

        private Utterance Find(long id)
        {
            return queue.Find(u => u.Track.Utterance == id && !u.Broken);
        }

        private void With(long id, Action<Utterance> act)
        {
            var utterance = Find(id);
            if (utterance != null) act(utterance);
        }

        private sealed class Utterance
        {
            public readonly SpeechTrack Track;
            public PcmRing Ring;
            public bool Whole;
            public bool Broken;
            public bool WasCut;
            public bool BeginTold;
            public float Gain = 1f;
            public double ReportedS;
            private readonly int rate;
            private double at;

            public Utterance(SpeechStart start, PcmRing ring)
            {
                Track = new SpeechTrack(start);
                rate = start.SampleRate;
                Ring = ring;
            }

            public double PlayedS { get { return at / rate; } }

            /// <summary>Everything that came has been read.</summary>
            public bool Ran { get { return at >= Ring.End; } }

            /// <summary>The next value at another rate, between two samples by a straight line.</summary>
            public float Next(int outputRate)
            {
                var number = (long)at;
                float here = Ring.At(number), next = number + 1 < Ring.End ? Ring.At(number + 1) : here;
                var value = here + (next - here) * (float)(at - number);
                at = Math.Min(Ring.End, at + (double)rate / outputRate);
                Ring.ReadTo((long)at);
                return value;
            }
        }
    }
}
