#if UNITY_WEBGL && !UNITY_EDITOR
using System;
using System.Runtime.InteropServices;
using System.Text;

namespace Shelfway.Unity
{
    /// <summary>The browser's own websocket, asked once a frame: no callbacks into managed code, nothing to strip.</summary>
    public sealed class WebGLTransport : ITransport
    {
        private int socket = -1;

        public void Open(Uri address, string subprotocol)
        {
            socket = ShelfwaySocketOpen(address.AbsoluteUri, subprotocol);
        }

        public void SendText(string text)
        {
            ShelfwaySocketSendText(socket, text);
        }

        public void SendBytes(byte[] bytes)
        {
            ShelfwaySocketSendBytes(socket, bytes, bytes.Length);
        }

        public bool TryTake(out TransportEvent news)
        {
            news = new TransportEvent();
            var kind = ShelfwaySocketNext(socket);
            if (kind == 0) return false;
            var size = ShelfwaySocketSize(socket);
            var bytes = new byte[kind == 2 || kind == 3 ? size : 0];
            ShelfwaySocketTake(socket, bytes, bytes.Length);
            switch (kind)
            {
                case 1: news.News = TransportNews.Opened; break;
                case 2:
                    news.News = TransportNews.Text;
                    news.Text = Encoding.UTF8.GetString(bytes);
                    break;
                case 3:
                    news.News = TransportNews.Bytes;
                    news.Bytes = bytes;
                    break;
                default: news = TransportEvent.Closed(size); break;
            }
            return true;
        }

        public void Dispose()
        {
            ShelfwaySocketClose(socket);
        }

        [DllImport("__Internal")] private static extern int ShelfwaySocketOpen(string address, string subprotocol);
        [DllImport("__Internal")] private static extern void ShelfwaySocketSendText(int socket, string text);
        [DllImport("__Internal")] private static extern void ShelfwaySocketSendBytes(int socket, byte[] bytes, int count);
        [DllImport("__Internal")] private static extern int ShelfwaySocketNext(int socket);
        [DllImport("__Internal")] private static extern int ShelfwaySocketSize(int socket);
        [DllImport("__Internal")] private static extern void ShelfwaySocketTake(int socket, byte[] bytes, int count);
        [DllImport("__Internal")] private static extern void ShelfwaySocketClose(int socket);
    }
}
#endif
