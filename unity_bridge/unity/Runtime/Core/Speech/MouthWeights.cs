using System;

namespace Shelfway
{
    /// <summary>Weights of the 15 mouth shapes, moved softly from one to the next; and the five of VRM made from them.</summary>
    public sealed class MouthWeights
    {
        private const double FadeS = 0.06;
        // aa ih ou ee oh of VRM 1.0, for each of sil PP FF TH DD kk CH SS nn RR aa E ih oh ou
        private static readonly float[][] VrmOf =
        {
            new[] { 0f, 0f, 0f, 0f, 0f }, new[] { 0f, 0f, 0f, 0f, 0f }, new[] { 0f, .15f, .1f, 0f, 0f },
            new[] { .1f, .3f, 0f, 0f, 0f }, new[] { .1f, .35f, 0f, .1f, 0f }, new[] { .25f, .2f, 0f, 0f, 0f },
            new[] { 0f, .3f, .35f, 0f, 0f }, new[] { 0f, .5f, 0f, .2f, 0f }, new[] { .1f, .3f, 0f, 0f, 0f },
            new[] { 0f, .2f, .4f, 0f, .1f }, new[] { 1f, 0f, 0f, 0f, 0f }, new[] { .2f, 0f, 0f, .8f, 0f },
            new[] { 0f, 1f, 0f, 0f, 0f }, new[] { 0f, 0f, 0f, 0f, 1f }, new[] { 0f, 0f, 1f, 0f, 0f },
        };

        /// <summary>One weight per name in Protocol.Visemes, 0…1.</summary>
        public readonly float[] Weights = new float[Protocol.Visemes.Length];

        /// <summary>aa, ih, ou, ee, oh of VRM, 0…1.</summary>
        public readonly float[] Vrm = new float[5];

        public MouthWeights()
        {
            Weights[0] = 1f;
        }

        /// <summary>Move towards a shape. An unknown name closes the mouth.</summary>
        public void Move(string viseme, double passedS)
        {
            var target = Math.Max(0, Array.IndexOf(Protocol.Visemes, viseme));
            var share = (float)Math.Min(1.0, Math.Max(0.0, passedS) / FadeS);
            Array.Clear(Vrm, 0, Vrm.Length);
            for (var i = 0; i < Weights.Length; i++)
            {
                Weights[i] += ((i == target ? 1f : 0f) - Weights[i]) * share;
                for (var v = 0; v < Vrm.Length; v++) Vrm[v] += VrmOf[i][v] * Weights[i];
            }
        }
    }
}
