using System;
using Shelfway.Messages;

namespace Shelfway
{
    /// <summary>
    /// The way into books' worlds and back, with others: asked for, checked, entered, left. While one is in a world one stands
    /// in its own frame (east = X, north = −Z of its file, level 0), and those who are in it too are the people around one.
    /// </summary>
    public sealed class WorldDoor
    {
        private readonly LibraryClient client;
        private string asked;
        private Enter before;

        public WorldDoor(LibraryClient client)
        {
            this.client = client;
        }

        /// <summary>The file can be fetched: fetch it and call <see cref="Step"/>.</summary>
        public event Action<WorldReady> Ready;

        /// <summary>One is in the world now, or (null) back where one was.</summary>
        public event Action<WorldFile> Changed;

        /// <summary>The world one is in; null in the building.</summary>
        public WorldReady World { get; private set; }

        public bool IsInside { get { return World != null; } }

        /// <summary>How far the painting is, 0…1; −1 when none is waited for.</summary>
        public double Progress { get; private set; } = -1;

        /// <summary>Ask for the world of a record, also from within another one.</summary>
        public string Open(string recordId)
        {
            Progress = 0;
            asked = client.OpenWorld(recordId);
            return asked;
        }

        /// <summary>
        /// Step in with the file's bytes. What must not be shown throws WireException, and one stays where one was, with the
        /// people who were there.
        /// </summary>
        public WorldFile Step(WorldReady ready, byte[] bytes)
        {
            var file = WorldFile.Read(bytes, ready.Hash);
            if (World == null) before = client.Entered;
            World = ready;
            if (before != null && ready.Room.Length > 0)
                client.Enter(before.Name, before.Visible, ready.Room, before.Hears, before.Shares);
            if (Changed != null) Changed(file);
            return file;
        }

        /// <summary>Go through something that was touched: to another book's world, or back.</summary>
        public void Go(WorldThing portal)
        {
            if (portal.Kind != "portal") return;
            if (portal.To == "record" && portal.RecordId.Length > 0) Open(portal.RecordId);
            else Back();
        }

        /// <summary>Back to the building, and to the people there.</summary>
        public void Back()
        {
            if (World == null) return;
            World = null;
            if (before != null) client.Enter(before.Name, before.Visible, before.Room, before.Hears, before.Shares);
            before = null;
            if (Changed != null) Changed(null);
        }

        /// <summary>Take any message; those that are not about the world that was asked for are left alone.</summary>
        public void Take(IMessage message)
        {
            var inRoom = message as Entered;
            if (inRoom != null && inRoom.Kind == Entered.KindValues.World && World == null)
            {
                // of a world that was entered before a domain reload nothing is left here: be where the reader sees themselves
                client.Enter(inRoom.Name, inRoom.Visible, "building", inRoom.Hears, inRoom.Shares);
            }
            var progress = message as WorldProgress;
            if (progress != null && progress.Of == asked && progress.Steps > 0) Progress = (double)progress.Done / progress.Steps;
            var error = message as ErrorMessage;
            if (error != null && error.Of == asked && asked != null) Forget();
            var ready = message as WorldReady;
            if (ready == null || ready.Of != asked) return;
            Forget();
            if (Ready != null) Ready(ready);
        }

        private void Forget()
        {
            asked = null;
            Progress = -1;
        }
    }
}
