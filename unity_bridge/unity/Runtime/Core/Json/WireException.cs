using System;
using System.Collections.Generic;

namespace Shelfway
{
    /// <summary>What was read is no message of this protocol, or what should be written is none. Says what and where.</summary>
    public sealed class WireException : Exception
    {
        public WireException(string what) : base(what) { }

        public WireException(string what, int at) : base(what + " (at character " + at + ")") { }

        /// <summary>Throws when a required field was not seen; bit i of <paramref name="seen"/> stands for name i.</summary>
        public static void Require(string of, ulong seen, params string[] names)
        {
            if (seen == (1UL << names.Length) - 1) return;
            var missing = new List<string>();
            for (var i = 0; i < names.Length; i++)
                if ((seen & (1UL << i)) == 0) missing.Add(names[i]);
            throw new WireException(of + ": missing " + string.Join(", ", missing.ToArray()));
        }
    }

    /// <summary>A part of a message.</summary>
    public interface IPart
    {
        void Write(JsonWriter to);
    }

    /// <summary>One text frame; <see cref="Type"/> is its `type` on the wire.</summary>
    public interface IMessage : IPart
    {
        string Type { get; }
    }
}
