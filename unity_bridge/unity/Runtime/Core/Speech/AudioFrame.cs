using System;

namespace Shelfway
{
    /// <summary>
    /// A piece of sound on the wire: 24 bytes of header, then PCM16, little-endian. <see cref="FirstSample"/> counts per channel
    /// from the start of the stream. Throws WireException for bytes that are none.
    /// </summary>
    public sealed class AudioFrame
    {
        public const byte Kind = 1;
        public const int HeaderBytes = 24;
        public long Stream;
        public long Sequence;
        public long FirstSample;
        public int SampleRate;
        public int Channels = 1;
        public short[] Samples = new short[0];

        /// <summary>Samples per channel.</summary>
        public int Count { get { return Samples.Length / Channels; } }

        public static AudioFrame Read(byte[] bytes)
        {
            if (bytes.Length < HeaderBytes) throw new WireException("an audio frame of " + bytes.Length + " bytes has no header");
            if (bytes[0] != Kind) throw new WireException("byte 0 is kind " + bytes[0] + ", audio is 1");
            if (bytes[1] != 1) throw new WireException("byte 1 is version " + bytes[1] + ", only 1 is spoken");
            if (bytes[2] != 0) throw new WireException("byte 2 is codec " + bytes[2] + ", only 0 (PCM16) is read");
            int channels = bytes[3], size = bytes.Length - HeaderBytes;
            if (channels != 1 && channels != 2) throw new WireException("byte 3: " + channels + " channels");
            if (size == 0 || size % (2 * channels) != 0) throw new WireException(size + " bytes are no whole number of samples");
            var rate = Number(bytes, 20, 4);
            if (rate < 8000 || rate > 96000) throw new WireException("sample rate " + rate + " is outside 8000 to 96000");
            var first = Number(bytes, 12, 8);
            if (first < 0) throw new WireException("the first sample is out of range");
            var frame = new AudioFrame
            {
                Channels = channels, Stream = Number(bytes, 4, 4), Sequence = Number(bytes, 8, 4), FirstSample = first,
                SampleRate = (int)rate, Samples = new short[size / 2],
            };
            for (var i = 0; i < frame.Samples.Length; i++)
                frame.Samples[i] = (short)(bytes[HeaderBytes + 2 * i] | bytes[HeaderBytes + 2 * i + 1] << 8);
            return frame;
        }

        public byte[] ToBytes()
        {
            var bytes = new byte[HeaderBytes + 2 * Samples.Length];
            bytes[0] = Kind;
            bytes[1] = 1;
            bytes[3] = (byte)Channels;
            Put(bytes, 4, 4, Stream);
            Put(bytes, 8, 4, Sequence);
            Put(bytes, 12, 8, FirstSample);
            Put(bytes, 20, 4, SampleRate);
            for (var i = 0; i < Samples.Length; i++) Put(bytes, HeaderBytes + 2 * i, 2, Samples[i]);
            return bytes;
        }

        internal static long Number(byte[] bytes, int at, int count)
        {
            ulong value = 0;
            for (var i = count - 1; i >= 0; i--) value = value << 8 | bytes[at + i];
            return (long)value;
        }

        internal static void Put(byte[] bytes, int at, int count, long value)
        {
            for (var i = 0; i < count; i++) bytes[at + i] = (byte)(value >> (8 * i));
        }
    }
}
