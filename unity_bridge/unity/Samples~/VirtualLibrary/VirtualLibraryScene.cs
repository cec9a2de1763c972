using Shelfway.Messages;
using Shelfway.Unity;
using UnityEngine;

namespace Shelfway.Samples
{
    /// <summary>
    /// The whole sample in one component: put it on an empty object and press Play. T types a question, Space is held to speak,
    /// G leads to what was found, Return opens its world (walk into a portal for the next, B goes back). C chats, P points ahead,
    /// N leaves the last answer there as a note, 1 to 5 are gestures, F follows the nearest visitor, J joins the tour, L lets
    /// others follow. Tab changes first and third person, Page Up and Down the level. Others see the reader only as far as
    /// <see cref="visible"/> says.
    /// </summary>
    public sealed class VirtualLibraryScene : MonoBehaviour
    {
        [SerializeField] private string server = "http://127.0.0.1:8765/";
        [Tooltip("What others call the reader; may be empty.")]
        [SerializeField] private string readerName = "";
        [Tooltip("Who sees the reader: nobody, own (the virtual library) or all (also the building, as a ghost).")]
        [SerializeField] private string visible = "nobody";
        [Tooltip("The room to enter: building, or a group's name that its members know.")]
        [SerializeField] private string room = "building";
        private static readonly KeyCode[] EmoteKeys = { KeyCode.Alpha1, KeyCode.Alpha2, KeyCode.Alpha3, KeyCode.Alpha4, KeyCode.Alpha5 };
        private static readonly string[] Emotes =
        {
            Emote.NameValues.Wave, Emote.NameValues.Nod, Emote.NameValues.Clap, Emote.NameValues.Thanks, Emote.NameValues.Question,
        };
        private ShelfwayConnection connection;
        private ShelfwayMicrophone microphone;
        private ShelfwayVisitors visitors;
        private ShelfwayTwin twin;
        private ShelfwayWorlds worlds;
        private ShelfwayChat chat;
        private ReaderController reader;
        private string typed;
        private string note = "";

        private void Awake()
        {
            gameObject.SetActive(false); // the address must be set before the connection is enabled
            connection = gameObject.AddComponent<ShelfwayConnection>();
            connection.Server = server;
            microphone = gameObject.AddComponent<ShelfwayMicrophone>();
            twin = gameObject.AddComponent<ShelfwayTwin>();
            visitors = gameObject.AddComponent<ShelfwayVisitors>();
            visitors.Use(MakeVisitor());
            gameObject.AddComponent<ShelfwayPlaces>();
            chat = gameObject.AddComponent<ShelfwayChat>();
            worlds = gameObject.AddComponent<ShelfwayWorlds>();
            var path = new GameObject("Path");
            path.transform.SetParent(transform, false);
            path.AddComponent<LineRenderer>().widthMultiplier = 0.15f;
            path.AddComponent<ShelfwayPath>();
            MakeReader();
            var inside = new GameObject("World");
            inside.transform.SetParent(transform, false);
            var shown = inside.AddComponent<ShelfwayTwin>();
            shown.ShowsBuilding = false;
            worlds.Use(twin, shown, reader.transform);
            MakeLibrarian();
            gameObject.SetActive(true);
            connection.Received += OnMessage;
            microphone.Refused += why => note = why;
            worlds.Faulted += why => note = "That world cannot be shown: " + why;
            worlds.Entered += world => note = world == null ? "" : world.Title + " (" + world.Label + ")";
        }

        private void Update()
        {
            reader.isPaused = typed != null || chat.IsTyping;
            if (Input.GetKeyDown(KeyCode.Escape)) chat.Close();
            if (reader.isPaused || connection.Visit == null) return;
            if (Input.GetKeyDown(KeyCode.T)) typed = "";
            if (Input.GetKeyDown(KeyCode.C)) chat.Open();
            if (Input.GetKeyDown(KeyCode.Tab)) reader.thirdPerson = !reader.thirdPerson;
            if (Input.GetKeyDown(KeyCode.Space)) microphone.Begin();
            if (Input.GetKeyUp(KeyCode.Space)) microphone.End();
            if (Input.GetKeyDown(KeyCode.G)) Lead();
            if (Input.GetKeyDown(KeyCode.B)) worlds.Back();
            for (var i = 0; i < Emotes.Length; i++)
                if (Input.GetKeyDown(EmoteKeys[i])) connection.Visit.Company.Emote(Emotes[i]);
            Together(connection.Visit);
            ChangeLevel(connection.Visit);
            if (Input.GetKeyDown(KeyCode.Return)) OpenBook();
            if (Input.GetKeyDown(KeyCode.F)) visitors.Following = visitors.Following == 0 ? Nearest() : 0;
            reader.goal = visitors.FollowPoint;
        }

        private void OnGUI()
        {
            var visit = connection.Visit;
            if (visit == null) return;
            var line = visit.Caption.Length > 0 ? visit.Caption : visit.LastAnswer != null ? visit.LastAnswer.Text : "Press T and ask.";
            if (visit.Client.State != LinkState.Open) line = "Not connected; trying again …";
            GUI.Label(new Rect(20f, Screen.height - 90f, Screen.width - 40f, 60f), line);
            if (visit.Path.LengthM > 0) note = visit.Path.RemainingM.ToString("0") + " m to go";
            GUI.Label(new Rect(20f, 20f, 400f, 30f), note);
            if (typed == null) return;
            GUI.SetNextControlName("question");
            typed = GUI.TextField(new Rect(20f, Screen.height - 130f, 500f, 30f), typed);
            GUI.FocusControl("question");
            if (!GUI.Button(new Rect(530f, Screen.height - 130f, 80f, 30f), "Ask")) return;
            if (typed.Trim().Length > 0) visit.Client.Ask(typed);
            typed = null;
        }

        private void Lead()
        {
            var answer = connection.Visit == null ? null : connection.Visit.LastAnswer;
            if (answer == null) return;
            if (answer.Items.Count > 0) connection.Visit.Client.GuideToRecord(answer.Items[0].RecordId);
            else if (answer.Place != null) connection.Visit.Client.GuideTo(answer.Place.Id);
        }

        private void OpenBook()
        {
            var answer = connection.Visit == null ? null : connection.Visit.LastAnswer;
            if (answer != null && answer.Items.Count > 0) worlds.Open(answer.Items[0].RecordId);
        }

        private void Together(Visit visit)
        {
            var ahead = Frames.UnityToMap(Axes.Of(reader.transform.position + reader.transform.forward * 2f));
            var level = visit.Door.IsInside ? 0 : visit.Levels.LevelAt(ahead.Z);
            if (Input.GetKeyDown(KeyCode.P)) visit.Company.Point(ahead.X, ahead.Y, level);
            if (Input.GetKeyDown(KeyCode.N) && visit.LastAnswer != null)
                visit.Company.LeaveNote(visit.LastAnswer.Text, ahead.X, ahead.Y, level);
            if (Input.GetKeyDown(KeyCode.L)) visit.Company.LeadOthers("");
            if (Input.GetKeyDown(KeyCode.J) && visit.Company.Tour != null)
            {
                visit.Company.Follow(visitors.Following == 0);
                var leader = visit.Company.Tour.Leader ?? 0;
                visitors.Following = visitors.Following == 0 ? leader : 0;
            }
        }

        private void ChangeLevel(Visit visit)
        {
            var by = Input.GetKeyDown(KeyCode.PageUp) ? 1 : Input.GetKeyDown(KeyCode.PageDown) ? -1 : 0;
            if (by == 0 || visit.Door.IsInside) return;
            var at = reader.transform.position;
            reader.transform.position = new Vector3(at.x, (float)visit.Levels.ElevationM(visit.Levels.LevelAt(at.y) + by), at.z);
        }

        private long Nearest()
        {
            var best = 0L;
            var bestM = double.PositiveInfinity;
            foreach (var visitor in connection.Visit.Visitors.All)
            {
                double dx = visitor.Pose.EastM - reader.transform.position.x, dz = visitor.Pose.NorthM - reader.transform.position.z;
                if (dx * dx + dz * dz >= bestM) continue;
                bestM = dx * dx + dz * dz;
                best = visitor.Pose.Number;
            }
            return best;
        }

        private void OnMessage(IMessage message)
        {
            var welcome = message as Welcome;
            if (welcome != null && !welcome.Resumed) connection.Visit.Client.Enter(readerName, visible, room);
            if (welcome != null && !welcome.Resumed && welcome.Here != null)
                reader.transform.position = Axes.Place(welcome.Here.EastM, welcome.Here.NorthM, welcome.Here.Level, connection.Visit.Levels);
            var arrived = message as Arrived;
            if (arrived != null) note = arrived.Text;
            var noWay = message as NoWay;
            if (noWay != null) note = noWay.Reason;
            var error = message as ErrorMessage;
            if (error != null) note = error.Message;
        }

        private void MakeReader()
        {
            var person = new GameObject("Reader");
            person.transform.SetParent(transform, false); // inactive with it until the connection is there
            var camera = new GameObject("Eye");
            camera.transform.SetParent(person.transform, false);
            camera.AddComponent<Camera>();
            camera.AddComponent<AudioListener>();
            camera.AddComponent<ShelfwayPoseSource>();
            reader = person.AddComponent<ReaderController>();
            reader.eye = camera.transform;
            reader.body = GameObject.CreatePrimitive(PrimitiveType.Capsule);
            reader.body.transform.SetParent(person.transform, false);
            reader.body.transform.localPosition = new Vector3(0f, 1f, 0f);
        }

        /// <summary>What stands for another visitor until one's own avatars are there: a capsule with name and bubble.</summary>
        private GameObject MakeVisitor()
        {
            var figure = GameObject.CreatePrimitive(PrimitiveType.Capsule);
            figure.transform.SetParent(transform, false);
            var heights = new[] { 1.4f, 1.8f };
            var names = new[] { "Name", "Bubble" };
            for (var i = 0; i < names.Length; i++)
            {
                var text = new GameObject(names[i]);
                text.transform.SetParent(figure.transform, false);
                text.transform.localPosition = new Vector3(0f, heights[i], 0f);
                text.AddComponent<TextMesh>().characterSize = 0.08f;
            }
            figure.SetActive(false); // the pattern itself is not shown
            return figure;
        }

        private void MakeLibrarian()
        {
            // A capsule stands in until a VRM or a mesh with viseme blend shapes is put in its place.
            var librarian = GameObject.CreatePrimitive(PrimitiveType.Capsule);
            librarian.name = "Librarian";
            librarian.transform.SetParent(transform, false);
            librarian.AddComponent<AudioSource>().spatialBlend = 1f;
            librarian.AddComponent<ShelfwayVoice>();
            librarian.AddComponent<ShelfwayLibrarian>();
        }
    }
}
