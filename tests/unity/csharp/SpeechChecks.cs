using System;
using System.Collections.Generic;
using Shelfway.Messages;

namespace Shelfway.Tests
{
    /// <summary>The voice without a server: gaps, doubles, flush, holding, captions, reports, and an hour of it.</summary>
    public static class SpeechChecks
    {
        private const int Rate = 22050;

        public static void Run()
        {
            Frames();
            Ring();
            Hearing();
            FlushAndHold();
            Broken();
            Mouth();
            Packing();
        }

        /// <summary>An hour of talk with jitter, gaps, flushes and broken lines; prints rings made and bytes grown.</summary>
        public static void Hour()
        {
            var player = new SpeechPlayer();
            var random = new Random(7);
            var buffer = new float[960];
            int said = 0, ended = 0;
            player.Ended += (track, whole) => ended++;
            long before = 0;
            double passed = 0;
            for (var utterance = 1L; passed < 3600; utterance++)
            {
                if (utterance == 20) before = GC.GetTotalMemory(true);
                player.Take(Start(utterance));
                player.Take(Clause(utterance, 0, 3.0));
                var frames = 75 + random.Next(50);
                said++;
                for (var i = 0; i < frames; i++)
                {
                    if (random.Next(100) >= 3) player.Take(Tone(utterance, i, Rate / 25)); // 3 % never come
                    player.Read(buffer, 1, 24000);
                    passed += 0.04;
                    player.Tick();
                }
                if (utterance % 7 == 0) player.Take(new Flush { Utterance = utterance, Reason = "interrupted" });
                else if (utterance % 11 == 0) player.LineLost();
                else player.Take(new SpeechEnd { Utterance = utterance, DurationS = frames * 0.04 });
                for (var i = 0; i < 30; i++)
                {
                    player.Read(buffer, 1, 24000);
                    player.Tick();
                    passed += 0.04;
                }
            }
            var visitor = new VisitorTrack();
            var shown = new VisitorPose();
            for (var i = 0; i < 36000; i++)
            {
                visitor.Add(i * 0.1, new VisitorPose { EastM = i * 0.1 });
                visitor.TryShow(i * 0.1, out shown);
            }
            RoomChecks.Hour();
            Check.Equal(said, ended, "every utterance ends once");
            Check.Equal(0L, player.Lost, "nothing found the ring full");
            Console.WriteLine(player.RingsMade + " " + (GC.GetTotalMemory(true) - before) + " " + said);
        }

        /// <summary>The sound card reads on its own thread while messages come: nothing breaks, nothing is heard twice.</summary>
        public static void Threads()
        {
            var player = new SpeechPlayer();
            Exception fault = null;
            var stop = false;
            double loud = 0, said = 0;
            var ended = 0;
            player.Ended += (track, whole) => ended++;
            var card = new System.Threading.Thread(() =>
            {
                var buffer = new float[256];
                try
                {
                    while (!System.Threading.Volatile.Read(ref stop) || player.Waiting > 0)
                    {
                        player.Read(buffer, 1, Rate);
                        foreach (var value in buffer) loud += value;
                    }
                }
                catch (Exception broken)
                {
                    fault = broken;
                }
            });
            card.Start();
            for (var utterance = 1L; utterance <= 300; utterance++)
            {
                player.Take(Start(utterance));
                player.Take(Clause(utterance, 0, 1));
                for (var i = 0; i < 20; i++)
                {
                    player.Take(Tone(utterance, i, 100));
                    said += 100 * (8000 / 32768.0);
                    player.Tick();
                }
                player.Take(new SpeechEnd { Utterance = utterance });
            }
            System.Threading.Volatile.Write(ref stop, true);
            card.Join();
            player.Tick();
            Check.That(fault == null, "no exception on the audio thread: " + fault);
            Check.Equal(300, ended, "every utterance ends once");
            Check.Near(said, loud, "every sample is heard once", said * 0.001);
        }

        private static void Frames()
        {
            var frame = new AudioFrame { Stream = 4294967295, Sequence = 7, FirstSample = 1L << 40, SampleRate = 16000 };
            frame.Samples = new short[] { 1, -2, short.MinValue, short.MaxValue };
            var read = AudioFrame.Read(frame.ToBytes());
            Check.Equal(4294967295, read.Stream, "stream");
            Check.Equal(1L << 40, read.FirstSample, "first sample");
            for (var i = 0; i < 4; i++) Check.Equal(frame.Samples[i], read.Samples[i], "sample " + i);
            var random = new Random(3);
            for (var i = 0; i < 2000; i++)
            {
                var bytes = frame.ToBytes();
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
                Array.Resize(ref bytes, random.Next(bytes.Length + 1));
                try
                {
                    AudioFrame.Read(bytes);
                }
                catch (WireException)
                {
                    // the only exception there may be
                }
            }
        }

        private static void Ring()
        {
            var ring = new PcmRing(10);
            ring.Write(0, new short[] { 16384, 16384 }, 1);
            ring.Write(0, new short[] { 1, 1 }, 1); // twice
            ring.Write(4, new short[] { 8192 }, 1); // a gap of two
            Check.Equal(5L, ring.End, "end");
            Check.Near(0.5, ring.At(1), "the first to come stays");
            Check.Near(0, ring.At(3), "a gap is silence");
            Check.Near(0.25, ring.At(4), "after the gap");
            ring.ReadTo(5);
            ring.Write(3, new short[] { 1, 1, 4096 }, 1); // late, its end is new
            Check.Near(0.125, ring.At(5), "the new part of a late piece");
            ring.Write(6, new short[20], 1);
            Check.Equal(15L, ring.End, "no more than fits");
            Check.Equal(11L, ring.Lost, "the rest is counted");
            ring.Write(1000, new short[] { 5 }, 1); // far away: one sample that finds no room
            Check.Equal(12L, ring.Lost, "a far sample is lost, nothing else");
        }

        private static void Hearing()
        {
            var player = new SpeechPlayer();
            var log = new List<string>();
            player.Started += track => log.Add("start " + track.Of);
            player.Report += report => log.Add("heard " + report.PlayedS.ToString("0.00", System.Globalization.CultureInfo.InvariantCulture));
            player.Ended += (track, whole) => log.Add("end " + whole);
            player.Take(Start(1));
            player.Take(Clause(1, 0, 1.0));
            double seconds;
            Check.That(player.Audible(0, out seconds) == null, "nothing is heard before a sample is");
            var sum = 0.0;
            for (var i = 0; i < 25; i++)
            {
                player.Take(Tone(1, i, Rate / 25));
                sum += ReadSum(player, 0.04);
                player.Tick();
            }
            Check.That(sum > 100, "it sounds");
            var track1 = player.Audible(0.1, out seconds);
            Check.Near(0.9, seconds, "the moment heard is behind by the latency", 0.01);
            Check.Equal("aa", track1.VisemeAt(0.25), "mouth");
            Check.Equal("sil", track1.VisemeAt(2.0), "mouth after the end");
            Check.Equal(1, track1.WordAt(0.6), "word");
            Check.Equal("clause 0", track1.CaptionAt(0.6), "caption");
            Check.Equal("nod", track1.CueAt(0.6).Kind, "gesture");
            player.Take(new SpeechEnd { Utterance = 1, DurationS = 1.0 });
            ReadSum(player, 0.1);
            player.Tick();
            Check.Equal("start t|heard 0.52|heard 1.00|end True", string.Join("|", log.ToArray()).Replace("heard 1.00|heard 1.00", "heard 1.00"), "what was told");
            Check.Equal(0, player.Waiting, "nothing waits");
        }

        private static void FlushAndHold()
        {
            var player = new SpeechPlayer();
            var wholes = new List<bool>();
            player.Ended += (track, whole) => wholes.Add(whole);
            for (var id = 1; id <= 2; id++)
            {
                player.Take(Start(id));
                for (var i = 0; i < 25; i++) player.Take(Tone(id, i, Rate / 25));
                player.Take(new SpeechEnd { Utterance = id, DurationS = 1 });
            }
            ReadSum(player, 0.2);
            player.Take(new Duck { Utterance = 1, Gain = 0 });
            ReadSum(player, 0.2);
            double held, later;
            player.Audible(0, out held);
            Check.Near(0, ReadSum(player, 0.5), "held: silence");
            player.Audible(0, out later);
            Check.Near(held, later, "held: the clock stands");
            player.Take(new Duck { Utterance = 1, Gain = 1 });
            Check.That(ReadSum(player, 0.2) > 1, "it goes on");
            player.Audible(0, out later);
            Check.Near(held + 0.2, later, "from the same sample", 0.01);
            player.Take(new Flush { Utterance = 1, Reason = "interrupted" });
            player.Take(Tone(1, 30, Rate / 25)); // still on its way: dropped
            ReadSum(player, 0.1);
            Check.Equal(2L, player.Audible(0, out later).Utterance, "the next one sounds at once");
            player.Hush();
            player.Tick();
            Check.Equal("False,False", string.Join(",", wholes.ConvertAll(w => w.ToString()).ToArray()), "both were cut");
            Check.Near(0, ReadSum(player, 0.1), "silence after hush");
        }

        private static void Broken()
        {
            var player = new SpeechPlayer();
            var reports = 0;
            var texts = new List<string>();
            player.Report += report => reports++;
            player.Ended += (track, whole) => texts.Add(track.Of + whole);
            player.Take(Start(1, "old"));
            for (var i = 0; i < 10; i++) player.Take(Tone(1, i, Rate / 25));
            ReadSum(player, 0.1);
            player.LineLost();
            player.Take(Start(1, "new")); // the visit is new and counts its utterances anew
            player.Take(Tone(1, 0, Rate / 25));
            player.Take(new SpeechEnd { Utterance = 1 });
            for (var i = 0; i < 20; i++) ReadSum(player, 0.04);
            player.Tick();
            Check.Equal("oldFalse,newTrue", string.Join(",", texts.ToArray()), "the old one to its end, then the new one");
            Check.Equal(1, reports, "of the old one nothing is reported");
        }

        private static void Mouth()
        {
            var mouth = new MouthWeights();
            for (var i = 0; i < 30; i++) mouth.Move("aa", 1 / 60.0);
            Check.Near(1, mouth.Weights[10], "open", 0.01);
            Check.Near(1, mouth.Vrm[0], "VRM aa", 0.01);
            mouth.Move("no such shape", 0.02);
            Check.That(mouth.Weights[10] < 0.7 && mouth.Weights[0] > 0.3, "it closes softly");
            for (var i = 0; i < 15; i++)
            {
                mouth.Move(Protocol.Visemes[i], 10);
                foreach (var weight in mouth.Vrm) Check.That(weight >= 0 && weight <= 1, "0…1");
            }
        }

        private static void Packing()
        {
            var frames = new List<AudioFrame>();
            var packer = new MicrophonePacker(3, 48000);
            var stereo = new float[2 * 1000];
            for (var i = 0; i < stereo.Length; i++) stereo[i] = i % 2 == 0 ? 1.5f : 0.5f;
            packer.Add(stereo, stereo.Length, 2, frames.Add);
            packer.Add(stereo, stereo.Length, 2, frames.Add);
            Check.Equal(2, frames.Count, "frames of 960 in 2000");
            Check.Equal(960L, frames[1].FirstSample, "counted");
            Check.Equal((short)32767, frames[0].Samples[0], "cut off at full scale");
            Check.Near(1, packer.Level, "loudness", 0.01);
        }

        private static double ReadSum(SpeechPlayer player, double seconds)
        {
            var buffer = new float[(int)Math.Round(seconds * Rate) * 2];
            player.Read(buffer, 2, Rate);
            var sum = 0.0;
            foreach (var value in buffer) sum += Math.Abs(value);
            return sum;
        }

        public static SpeechStart Start(long id, string of = "t")
        {
            return new SpeechStart { Utterance = id, Of = of, Lang = "en", SampleRate = Rate };
        }

        public static SpeechClause Clause(long id, int index, double endS)
        {
            var clause = new SpeechClause { Utterance = id, Index = index, Text = "clause " + index, EndS = endS };
            clause.Words.Add(new TimedWord { Text = "one", StartS = 0, EndS = 0.5 });
            clause.Words.Add(new TimedWord { Text = "two", StartS = 0.5, EndS = endS });
            clause.Visemes.Add(new TimedViseme { Name = "PP", StartS = 0, EndS = 0.2 });
            clause.Visemes.Add(new TimedViseme { Name = "aa", StartS = 0.2, EndS = endS });
            clause.Cues.Add(new Cue { Kind = "nod", At = "reader", StartS = 0.5, EndS = endS });
            return clause;
        }

        public static AudioFrame Tone(long id, int number, int count)
        {
            var frame = new AudioFrame { Stream = id, Sequence = number, FirstSample = (long)number * count, SampleRate = Rate };
            frame.Samples = new short[count];
            for (var i = 0; i < count; i++) frame.Samples[i] = 8000;
            return frame;
        }
    }
}
