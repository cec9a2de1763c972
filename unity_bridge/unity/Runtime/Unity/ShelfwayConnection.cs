using System;
using System.Collections;
using System.Collections.Generic;
using Shelfway.Messages;
using UnityEngine;
using UnityEngine.Networking;

namespace Shelfway.Unity
{
    /// <summary>The visit of this scene. Connects when enabled, pumps itself, and goes on with the same visit after a domain reload.</summary>
    [AddComponentMenu("Shelfway/Connection")]
    [DefaultExecutionOrder(-100)]
    public sealed class ShelfwayConnection : MonoBehaviour
    {
        [Tooltip("The address the server prints, http or https.")]
        [SerializeField] private string server = "http://127.0.0.1:8765/";
        [Tooltip("The server's token or a reader's key, where it has one. Do not commit it.")]
        [SerializeField] private string token = "";
        [Tooltip("Reader's languages, the best first.")]
        [SerializeField] private string[] languages = { "en", "zh" };
        [Tooltip("Seconds from the sound card's buffer to the ear, for mouth and captions.")]
        [SerializeField] private float soundLatency = 0.06f;
        [SerializeField, HideInInspector] private string session = "";
        private string planRevision = "";

        /// <summary>The building has come or changed; levels are known from now on.</summary>
        public event Action<PlanBody> PlanLoaded;

        /// <summary>Everything the server says.</summary>
        public event Action<IMessage> Received;

        /// <summary>Null while disabled.</summary>
        public Visit Visit { get; private set; }

        public PlanBody Plan { get; private set; }

        /// <summary>The address, without a slash at its end.</summary>
        public string Server
        {
            get { return server.TrimEnd('/'); }
            set { server = value; }
        }

        public static double Now { get { return Time.realtimeSinceStartupAsDouble; } }

        /// <summary>The connection a component should use: that of a parent, else the first of the scene.</summary>
        public static ShelfwayConnection For(Component component)
        {
            var near = component.GetComponentInParent<ShelfwayConnection>();
            if (near == null) near = FindObjectOfType<ShelfwayConnection>();
            if (near == null) Debug.LogError("Shelfway: " + component.name + " needs a ShelfwayConnection in the scene");
            return near;
        }

        /// <summary>The websocket's address for the address a server prints.</summary>
        public static Uri SocketAddress(string server)
        {
            var page = new Uri(server);
            var secure = page.Scheme == "https" || page.Scheme == "wss";
            return new UriBuilder(page) { Scheme = secure ? "wss" : "ws", Path = "/v1/ws", Query = "", Fragment = "" }.Uri;
        }

        private void OnEnable()
        {
            var options = new ClientOptions { Address = SocketAddress(server), Resume = session.Length > 0 ? session : null };
            options.Hello.Languages = new List<string>(languages);
            options.Hello.Token = token.Length > 0 ? token : null;
            options.Hello.Capabilities = new List<string> { "speech_in", "speech_out", "visemes", "captions", "map", "poses", "worlds" };
            Visit = new Visit(options, MakeTransport);
            Visit.Client.Welcomed += OnWelcome;
            Visit.Client.Received += OnMessage;
            Visit.Client.SchemaDiffers += OnSchemaDiffers;
            Visit.Client.Faulted += OnFault;
            Visit.Client.Connect();
        }

        private void Update()
        {
            Visit.Pump(Now, soundLatency);
        }

        private void OnDisable()
        {
            Visit.Dispose();
            Visit = null;
        }

        private static ITransport MakeTransport()
        {
#if UNITY_WEBGL && !UNITY_EDITOR
            return new WebGLTransport();
#else
            return new NetTransport();
#endif
        }

        private void OnWelcome(Welcome welcome)
        {
            session = welcome.Session;
            if (welcome.PlanRevision != planRevision && welcome.PlanRevision.Length > 0)
                StartCoroutine(LoadPlan(welcome.PlanRevision));
        }

        private IEnumerator LoadPlan(string revision)
        {
            using (var request = UnityWebRequest.Get(Server + "/v1/plan"))
            {
                if (token.Length > 0) request.SetRequestHeader("Authorization", "Bearer " + token);
                yield return request.SendWebRequest();
                if (request.result != UnityWebRequest.Result.Success)
                {
                    OnFault("the plan could not be fetched: " + request.error);
                    yield break;
                }
                TakePlan(request.downloadHandler.text, revision);
            }
        }

        private void TakePlan(string text, string revision)
        {
            try
            {
                Plan = PlanBody.Read(new JsonReader(text));
            }
            catch (WireException fault)
            {
                OnFault("the plan could not be read: " + fault.Message);
                return;
            }
            planRevision = revision;
            if (Visit != null) Visit.Levels.Take(Plan);
            if (PlanLoaded != null) PlanLoaded(Plan);
        }

        private void OnMessage(IMessage message)
        {
            if (Received != null) Received(message);
        }

        private void OnSchemaDiffers(string hash)
        {
            Debug.LogWarning("Shelfway: the server speaks schema " + hash + ", this package " + Protocol.SchemaHash
                + ". What both know works; update the older one.");
        }

        private static void OnFault(string what)
        {
            Debug.LogWarning("Shelfway: " + what);
        }
    }
}
