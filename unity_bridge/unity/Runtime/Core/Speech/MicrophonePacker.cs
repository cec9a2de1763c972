using System;

namespace Shelfway
{
    /// <summary>Cuts what a microphone gives into frames of 20 ms for the wire, one channel. One per stream.</summary>
    public sealed class MicrophonePacker
    {
        private readonly short[] piece;
        private readonly long stream;
        private readonly int rate;
        private int filled;
        private long sequence;
        private long first;

        public MicrophonePacker(long stream, int sampleRate)
        {
            this.stream = stream;
            rate = sampleRate;
            piece = new short[sampleRate / 50];
        }

        /// <summary>Loudness of the last frame, root mean square, 0…1.</summary>
        public float Level { get; private set; }

        /// <summary>Take samples −1…1, interleaved; <paramref name="send"/> gets each frame that is full.</summary>
        public void Add(float[] samples, int count, int channels, Action<AudioFrame> send)
        {
            for (var i = 0; i + channels <= count; i += channels)
            {
                var sum = 0f;
                for (var channel = 0; channel < channels; channel++) sum += samples[i + channel];
                var value = Math.Max(-1f, Math.Min(1f, sum / channels));
                piece[filled++] = (short)Math.Round(value * 32767f);
                if (filled == piece.Length) Give(send);
            }
        }

        private void Give(Action<AudioFrame> send)
        {
            var power = 0.0;
            foreach (var sample in piece) power += (double)sample * sample;
            Level = (float)(Math.Sqrt(power / piece.Length) / 32768.0);
            send(new AudioFrame
            {
                Stream = stream, Sequence = sequence++, FirstSample = first, SampleRate = rate,
                Samples = (short[])piece.Clone(),
            });
            first += piece.Length;
            filled = 0;
        }
    }
}
