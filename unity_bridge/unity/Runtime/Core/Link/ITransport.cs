using System;

namespace Shelfway
{
    public enum TransportNews { Opened, Text, Bytes, Closed }

    /// <summary>One thing that happened on the line. A close without a code from the server has 1006.</summary>
    public struct TransportEvent
    {
        public TransportNews News;
        public string Text;
        public byte[] Bytes;
        public int Code;

        public static TransportEvent Closed(int code)
        {
            return new TransportEvent { News = TransportNews.Closed, Code = code };
        }
    }

    /// <summary>
    /// One websocket, used once. No call waits: what happened is taken with <see cref="TryTake"/> by whoever pumps, so that
    /// everything else runs on one thread. After Closed nothing more comes.
    /// </summary>
    public interface ITransport : IDisposable
    {
        void Open(Uri address, string subprotocol);

        void SendText(string text);

        void SendBytes(byte[] bytes);

        bool TryTake(out TransportEvent news);
    }
}
