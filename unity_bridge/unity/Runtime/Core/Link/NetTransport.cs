#if !UNITY_WEBGL || UNITY_EDITOR
using System;
using System.Collections.Concurrent;
using System.IO;
using System.Net.WebSockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace Shelfway
{
    /// <summary>A websocket of System.Net.WebSockets: Unity's editor, desktops, Android, iOS, headsets. Not in WebGL.</summary>
    public sealed class NetTransport : ITransport
    {
        private const int LongestMessage = 16 * 1024 * 1024;
        private const int MostWaiting = 20000; // frames; when nobody pumps for minutes the line is given up and resumed
        private readonly ClientWebSocket socket = new ClientWebSocket();
        private readonly CancellationTokenSource ending = new CancellationTokenSource();
        private readonly ConcurrentQueue<TransportEvent> news = new ConcurrentQueue<TransportEvent>();
        private readonly ConcurrentQueue<TransportEvent> outgoing = new ConcurrentQueue<TransportEvent>();
        private readonly SemaphoreSlim toSend = new SemaphoreSlim(0);
        private int closeTold;
        private int disposed;

        public void Open(Uri address, string subprotocol)
        {
            socket.Options.AddSubProtocol(subprotocol);
            // The client pings by messages of its own; a timer less, and mono may die of one that is set while it exits.
            socket.Options.KeepAliveInterval = Timeout.InfiniteTimeSpan;
            Task.Run(() => Run(address));
        }

        public void SendText(string text)
        {
            Queue(new TransportEvent { News = TransportNews.Text, Text = text });
        }

        public void SendBytes(byte[] bytes)
        {
            Queue(new TransportEvent { News = TransportNews.Bytes, Bytes = bytes });
        }

        public bool TryTake(out TransportEvent taken)
        {
            return news.TryDequeue(out taken);
        }

        public void Dispose()
        {
            if (Interlocked.Exchange(ref disposed, 1) != 0) return;
            Task.Run(() => Leave());
        }

        private void Queue(TransportEvent frame)
        {
            outgoing.Enqueue(frame);
            toSend.Release();
        }

        private async Task Run(Uri address)
        {
            try
            {
                await socket.ConnectAsync(address, ending.Token).ConfigureAwait(false);
                news.Enqueue(new TransportEvent { News = TransportNews.Opened });
                var sending = Task.Run(() => SendAll());
                var code = await ReceiveAll().ConfigureAwait(false);
                // The echo of our own close may overtake our leaving; it does not mean that the server wants us to stay away.
                TellClosed(Volatile.Read(ref disposed) != 0 ? 1006 : code);
                ending.Cancel();
                await sending.ConfigureAwait(false);
            }
            catch (Exception)
            {
                // Every way a socket breaks means the same here: the line is gone, and the client takes it up again.
                TellClosed(1006);
            }
        }

        private async Task<int> ReceiveAll()
        {
            var buffer = new byte[16384];
            using (var whole = new MemoryStream())
            {
                while (true)
                {
                    var part = await socket.ReceiveAsync(new ArraySegment<byte>(buffer), ending.Token).ConfigureAwait(false);
                    if (part.MessageType == WebSocketMessageType.Close) return (int)(part.CloseStatus ?? 0);
                    whole.Write(buffer, 0, part.Count);
                    if (whole.Length > LongestMessage || news.Count > MostWaiting) return 1006;
                    if (!part.EndOfMessage) continue;
                    var bytes = whole.ToArray();
                    whole.SetLength(0);
                    news.Enqueue(part.MessageType == WebSocketMessageType.Text
                        ? new TransportEvent { News = TransportNews.Text, Text = Encoding.UTF8.GetString(bytes) }
                        : new TransportEvent { News = TransportNews.Bytes, Bytes = bytes });
                }
            }
        }

        private async Task SendAll()
        {
            try
            {
                TransportEvent frame;
                while (true)
                {
                    await toSend.WaitAsync(ending.Token).ConfigureAwait(false);
                    if (!outgoing.TryDequeue(out frame)) continue;
                    var isText = frame.News == TransportNews.Text;
                    var bytes = isText ? Encoding.UTF8.GetBytes(frame.Text) : frame.Bytes;
                    await socket.SendAsync(new ArraySegment<byte>(bytes),
                        isText ? WebSocketMessageType.Text : WebSocketMessageType.Binary, true, ending.Token).ConfigureAwait(false);
                }
            }
            catch (Exception)
            {
                TellClosed(1006);
            }
        }

        private async Task Leave()
        {
            try
            {
                if (socket.State == WebSocketState.Open)
                    await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "", ending.Token).ConfigureAwait(false);
            }
            catch (Exception)
            {
                // leaving anyway
            }
            ending.Cancel();
            socket.Dispose();
        }

        private void TellClosed(int code)
        {
            if (Interlocked.Exchange(ref closeTold, 1) == 0) news.Enqueue(TransportEvent.Closed(code == 0 ? 1006 : code));
        }
    }
}
#endif
