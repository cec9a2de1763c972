using System.Collections.Generic;
using Shelfway.Messages;

namespace Shelfway
{
    /// <summary>
    /// What was asked and not answered yet, in order, so that a broken line loses nothing: it is sent again on the next
    /// connection, and an answer that comes twice is passed on once. The server forgets what was in flight; this does not.
    /// </summary>
    public sealed class Unanswered
    {
        private const int AnsweredKept = 256;
        private readonly List<KeyValuePair<string, IMessage>> waiting = new List<KeyValuePair<string, IMessage>>();
        private readonly HashSet<string> answered = new HashSet<string>();
        private readonly Queue<string> answeredOrder = new Queue<string>();
        private Guide guiding;

        public int Count { get { return waiting.Count; } }

        public void Add(string id, IMessage request)
        {
            waiting.Add(new KeyValuePair<string, IMessage>(id, request));
            var guide = request as Guide;
            if (guide != null) guiding = guide;
        }

        /// <summary>What to send on a new connection. A visit that was resumed still leads; a new one has to be told to.</summary>
        public List<IMessage> ToSendAgain(bool resumed)
        {
            var again = new List<IMessage>();
            if (!resumed && guiding != null && !Waits(guiding.Id)) again.Add(guiding);
            foreach (var pair in waiting) again.Add(pair.Value);
            return again;
        }

        /// <summary>A message came: false when it is the second answer to one question and must not be passed on.</summary>
        public bool Take(IMessage message)
        {
            var answer = message as Answer;
            if (answer != null) return TakeAnswer(answer.Of);
            var world = message as WorldReady;
            if (world != null) return TakeAnswer(world.Of);
            var cancelled = message as WorldCancelled;
            if (cancelled != null) Settle(cancelled.Of);
            var said = message as Said;
            if (said != null) Settle(said.Of);
            TakeOfRoom(message);
            var error = message as ErrorMessage;
            if (error != null && error.Of != null) Settle(error.Of);
            var route = message as Route;
            if (route != null) Settle(route.Of);
            var noWay = message as NoWay;
            if (noWay != null) EndGuiding(noWay.Of);
            var stopped = message as GuideStopped;
            if (stopped != null) EndGuiding(stopped.Of);
            if (message is Arrived) guiding = null;
            return true;
        }

        /// <summary>What one does among others is answered by what everybody is told.</summary>
        private void TakeOfRoom(IMessage message)
        {
            var pinned = message as Pinned;
            if (pinned != null) Settle(pinned.Of);
            var noted = message as Noted;
            if (noted != null) Settle(noted.Of);
            var removed = message as NoteRemoved;
            if (removed != null) Settle(removed.Of);
            var tour = message as Tour;
            if (tour != null) Settle(tour.Of);
        }

        /// <summary>The reader has left.</summary>
        public void Clear()
        {
            waiting.Clear();
            guiding = null;
        }

        /// <summary>The reader no longer wants to be led.</summary>
        public void StopGuiding()
        {
            if (guiding != null) EndGuiding(guiding.Id);
        }

        private void EndGuiding(string of)
        {
            Settle(of);
            if (guiding != null && guiding.Id == of) guiding = null;
        }

        /// <summary>Ids of spoken turns are the server's and come again after its restart, so only our own are remembered.</summary>
        private bool TakeAnswer(string of)
        {
            if (Settle(of) == 0) return !answered.Contains(of);
            answered.Add(of);
            answeredOrder.Enqueue(of);
            if (answeredOrder.Count > AnsweredKept) answered.Remove(answeredOrder.Dequeue());
            return true;
        }

        private int Settle(string of)
        {
            return waiting.RemoveAll(pair => pair.Key == of);
        }

        private bool Waits(string id)
        {
            return waiting.Exists(pair => pair.Key == id);
        }
    }
}
