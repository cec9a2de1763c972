using System;

namespace Shelfway
{
    /// <summary>
    /// Samples of one utterance by their number, in a ring of fixed size: pieces may come late, twice or with gaps. A gap is
    /// silence once later samples are there. Not thread safe: its owner locks.
    /// </summary>
    public sealed class PcmRing
    {
        private readonly float[] ring;
        private long start;
        private long end;

        /// <param name="capacity">Samples it can hold; more is refused and counted in <see cref="Lost"/>.</param>
        public PcmRing(int capacity)
        {
            ring = new float[capacity];
        }

        /// <summary>Number of the next sample to be read.</summary>
        public long Start { get { return start; } }

        /// <summary>One past the last sample that came.</summary>
        public long End { get { return end; } }

        public int Capacity { get { return ring.Length; } }

        /// <summary>Samples that found no room.</summary>
        public long Lost { get; private set; }

        public void Clear()
        {
            start = end = 0;
            Lost = 0;
        }

        /// <summary>Put samples at their place. What has been read already, or is there already, is left as it is.</summary>
        public void Write(long first, short[] samples, int channels)
        {
            var count = samples.Length / channels;
            var last = Math.Min(first + count, start + ring.Length);
            if (first + count > last) Lost += first + count - Math.Max(first, last);
            for (var at = end; at < Math.Min(first, last); at++) ring[at % ring.Length] = 0f;
            for (var at = Math.Max(first, end); at < last; at++)
            {
                var sum = 0;
                for (var channel = 0; channel < channels; channel++) sum += samples[(at - first) * channels + channel];
                ring[at % ring.Length] = sum / (32768f * channels);
            }
            if (last > end) end = last;
        }

        /// <summary>The sample with this number, 0 when it is not there.</summary>
        public float At(long number)
        {
            return number >= start && number < end ? ring[number % ring.Length] : 0f;
        }

        /// <summary>What lies before this number has been read.</summary>
        public void ReadTo(long number)
        {
            start = Math.Max(start, Math.Min(number, end));
        }
    }
}
