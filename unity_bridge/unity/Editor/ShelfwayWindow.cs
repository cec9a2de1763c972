using Shelfway.Messages;
using Shelfway.Unity;
using UnityEditor;
using UnityEngine;

namespace Shelfway.Editor
{
    /// <summary>Menu Shelfway: is the server there, and does it speak this package's schema?</summary>
    public sealed class ShelfwayWindow : EditorWindow
    {
        private const double WaitS = 10.0;
        private const string Key = "Shelfway.Server";
        private string server = "";
        private string token = "";
        private string told = "";
        private MessageType kind = MessageType.None;
        private LibraryClient client;
        private double until;

        [MenuItem("Shelfway/Test connection")]
        public static void Open()
        {
            GetWindow<ShelfwayWindow>("Shelfway");
        }

        [MenuItem("Shelfway/Check schema")]
        public static void CheckSchema()
        {
            var window = GetWindow<ShelfwayWindow>("Shelfway");
            window.Begin();
        }

        private void OnEnable()
        {
            server = EditorPrefs.GetString(Key, "http://127.0.0.1:8765/");
            EditorApplication.update += Pump;
        }

        private void OnDisable()
        {
            EditorApplication.update -= Pump;
            End();
        }

        private void OnGUI()
        {
            server = EditorGUILayout.TextField("Server", server);
            token = EditorGUILayout.PasswordField("Token", token);
            if (GUILayout.Button(client == null ? "Test connection" : "Testing …") && client == null) Begin();
            if (told.Length > 0) EditorGUILayout.HelpBox(told, kind);
        }

        private void Begin()
        {
            End();
            EditorPrefs.SetString(Key, server); // the token is not kept
            System.Uri page;
            if (!System.Uri.TryCreate(server, System.UriKind.Absolute, out page))
            {
                Tell("This is no address; it looks like http://127.0.0.1:8765/", MessageType.Error);
                return;
            }
            var options = new ClientOptions { Address = ShelfwayConnection.SocketAddress(server) };
            options.Hello.Client = Hello.ClientValues.Unity;
            options.Hello.Token = token.Length > 0 ? token : null;
            client = new LibraryClient(options, () => new NetTransport());
            client.Welcomed += OnWelcome;
            client.Faulted += what => Tell(what, MessageType.Error);
            client.Connect();
            until = EditorApplication.timeSinceStartup + WaitS;
        }

        private void Pump()
        {
            if (client == null) return;
            client.Pump(EditorApplication.timeSinceStartup);
            if (client == null) return; // the welcome ended it
            if (client.State == LinkState.Refused) End();
            else if (EditorApplication.timeSinceStartup > until)
            {
                Tell("Nobody answers at " + server + ". Does the server run, and is a firewall between?", MessageType.Error);
                End();
            }
        }

        private void OnWelcome(Welcome welcome)
        {
            var name = "a library";
            foreach (var pair in welcome.Library) name = pair.Value;
            var same = welcome.SchemaHash == Protocol.SchemaHash;
            var schema = same ? "It speaks this package's schema." : "Its schema is " + welcome.SchemaHash + ", this package's "
                + Protocol.SchemaHash + ": what both know works; update the older one.";
            Tell("Connected to " + name + ". " + schema, same ? MessageType.Info : MessageType.Warning);
            End();
        }

        private void Tell(string what, MessageType newKind)
        {
            told = what;
            kind = newKind;
            Repaint();
        }

        private void End()
        {
            if (client != null) client.Dispose();
            client = null;
        }
    }
}
