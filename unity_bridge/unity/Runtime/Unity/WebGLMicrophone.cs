#if UNITY_WEBGL && !UNITY_EDITOR
using System.Runtime.InteropServices;

namespace Shelfway.Unity
{
    /// <summary>The browser's own microphone: Unity gives none to WebGL. Asked once a frame; the browser asks the reader.</summary>
    public static class WebGLMicrophone
    {
        public const int Off = 0, Asking = 1, Listening = 2;

        public static int State { get { return ShelfwayMicState(); } }

        /// <summary>Samples a second of what is heard; 0 before it listens.</summary>
        public static int Rate { get { return ShelfwayMicRate(); } }

        /// <summary>Ask for the microphone. With <paramref name="echo"/> the loudspeaker is taken out, for interrupting her.</summary>
        public static void Start(bool echo)
        {
            ShelfwayMicStart(echo ? 1 : 0);
        }

        /// <summary>Put samples that have come, one channel, into the buffer; how many.</summary>
        public static int Take(float[] buffer)
        {
            return ShelfwayMicTake(buffer, buffer.Length);
        }

        public static void Stop()
        {
            ShelfwayMicStop();
        }

        /// <summary>Why it does not listen, for the reader.</summary>
        public static string Why(int state)
        {
            switch (state)
            {
                case 3: return "the reader did not allow the microphone";
                case 4: return "there is no microphone";
                case 6: return "browsers give the microphone to pages with https only";
                default: return "the microphone cannot be used";
            }
        }

        [DllImport("__Internal")] private static extern void ShelfwayMicStart(int echo);
        [DllImport("__Internal")] private static extern int ShelfwayMicState();
        [DllImport("__Internal")] private static extern int ShelfwayMicRate();
        [DllImport("__Internal")] private static extern int ShelfwayMicTake(float[] buffer, int room);
        [DllImport("__Internal")] private static extern void ShelfwayMicStop();
    }
}
#endif
