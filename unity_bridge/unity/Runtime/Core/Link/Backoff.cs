using System;

namespace Shelfway
{
    /// <summary>How long to wait before connecting again: a quarter of a second, doubled up to 8 s, spread by ±20 %.</summary>
    public sealed class Backoff
    {
        public const double RefusedS = 30.0;
        private const double FirstS = 0.25;
        private const double LongestS = 8.0;
        private readonly Random random;
        private int failures;

        public Backoff(int seed)
        {
            random = new Random(seed);
        }

        /// <summary>Seconds to wait after one more failure.</summary>
        public double NextS()
        {
            var grown = Math.Min(LongestS, FirstS * Math.Pow(2, Math.Min(failures, 16)));
            failures++;
            return grown * (0.8 + 0.4 * random.NextDouble());
        }

        public void Succeeded()
        {
            failures = 0;
        }
    }
}
