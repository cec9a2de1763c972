// The Unity package's core under mono: `Tests.exe NAME ARGUMENTS…`; prints what it found, exits 1 with the reason.
using System;
using System.Globalization;
using System.Threading;

namespace Shelfway.Tests
{
    public static class Program
    {
        public static int Main(string[] arguments)
        {
            // A culture with decimal commas throughout: nothing on the wire may depend on it.
            Thread.CurrentThread.CurrentCulture = new CultureInfo("de-DE");
            CultureInfo.DefaultThreadCurrentCulture = new CultureInfo("de-DE");
            if ((1.5).ToString() != "1,5") throw new InvalidOperationException("this machine has no culture with decimal commas");
            Console.OutputEncoding = new System.Text.UTF8Encoding(false);
            try
            {
                switch (arguments[0])
                {
                    case "golden": Golden.Rewrite(arguments[1]); break;
                    case "broken": Golden.Break(arguments[1]); break;
                    case "frames": FrameChecks.Run(arguments[1]); break;
                    case "speech": SpeechChecks.Run(); break;
                    case "space": SpaceChecks.Run(); break;
                    case "link": LinkChecks.Run(); break;
                    case "rooms": RoomChecks.Run(); break;
                    case "threads": SpeechChecks.Threads(); break;
                    case "hour": SpeechChecks.Hour(); break;
                    case "poses": PoseChecks.Run(arguments[1]); break;
                    case "live": Live.Run(arguments[1], arguments[2], arguments.Length > 3 ? arguments[3] : null); break;
                    default: throw new ArgumentException("no test is called " + arguments[0]);
                }
                return 0;
            }
            catch (CheckFailed failed)
            {
                Console.Error.WriteLine(failed.Message);
                return 1;
            }
        }
    }

    public sealed class CheckFailed : Exception
    {
        public CheckFailed(string what) : base(what) { }
    }

    public static class Check
    {
        public static void That(bool holds, string what)
        {
            if (!holds) throw new CheckFailed(what);
        }

        public static void Equal<T>(T expected, T got, string what)
        {
            if (!Equals(expected, got)) throw new CheckFailed(what + ": expected " + expected + ", got " + got);
        }

        public static void Near(double expected, double got, string what, double within = 1e-6)
        {
            if (!(Math.Abs(expected - got) <= within)) throw new CheckFailed(what + ": expected " + expected + ", got " + got);
        }

        public static void Throws<T>(Action act, string what) where T : Exception
        {
            try
            {
                act();
            }
            catch (T)
            {
                return;
            }
            throw new CheckFailed(what + ": no " + typeof(T).Name);
        }
    }
}
