using System;
using System.Collections;
using System.Collections.Generic;
using Shelfway.Messages;
using UnityEngine;
using UnityEngine.Networking;

namespace Shelfway.Unity
{
    /// <summary>
    /// Portals into the worlds of books, with the others who are in them. A world is fetched, checked, and only then entered;
    /// one that must not be shown is told and leaves reader, building and company as they were.
    /// </summary>
    [AddComponentMenu("Shelfway/Worlds")]
    public sealed class ShelfwayWorlds : MonoBehaviour
    {
        [SerializeField] private ShelfwayConnection connection;
        [Tooltip("The building; hidden while the reader is in a world.")]
        [SerializeField] private ShelfwayTwin building;
        [Tooltip("Shows the worlds; a twin of its own that does not load the building.")]
        [SerializeField] private ShelfwayTwin world;
        [Tooltip("Who walks through portals: moved to the world's middle, and back where they came from.")]
        [SerializeField] private Transform reader;
        [Tooltip("So near to a portal one goes through it, metres.")]
        [SerializeField] private float portalReach = 1f;
        private readonly List<WorldThing> portals = new List<WorldThing>();
        private Visit visit;
        private Vector3 cameFrom;
        private bool hasLeftSpawn;

        /// <summary>The reader is in a world now (its label must be shown), or, with null, back.</summary>
        public event Action<WorldReady> Entered;

        /// <summary>Why a world was not entered, for a message on the screen.</summary>
        public event Action<string> Faulted;

        /// <summary>What can be touched in the world, in Unity's axes; empty in the building.</summary>
        public IList<WorldThing> Things { get; private set; }

        public void Use(ShelfwayTwin ofBuilding, ShelfwayTwin ofWorlds, Transform walker)
        {
            building = ofBuilding;
            world = ofWorlds;
            reader = walker;
        }

        /// <summary>Ask for the world of a record and go in when it is there.</summary>
        public void Open(string recordId)
        {
            if (connection.Visit != null) connection.Visit.Door.Open(recordId);
        }

        public void Back()
        {
            if (connection.Visit != null) connection.Visit.Door.Back();
        }

        private void OnEnable()
        {
            if (connection == null) connection = ShelfwayConnection.For(this);
            Things = new List<WorldThing>();
            if (world != null) world.Faulted += OnUnshown;
        }

        private void Update()
        {
            if (connection == null || connection.Visit == null) return;
            if (visit != connection.Visit) Watch(connection.Visit); // another one after the connection was disabled
            if (reader == null || portals.Count == 0) return;
            var near = Nearest();
            if (near == null) hasLeftSpawn = true;
            else if (hasLeftSpawn)
            {
                hasLeftSpawn = false; // once, until one has stepped away
                visit.Door.Go(near);
            }
        }

        private void OnDisable()
        {
            if (world != null) world.Faulted -= OnUnshown;
            Forget();
        }

        private void Watch(Visit next)
        {
            Forget();
            visit = next;
            visit.Door.Ready += OnReady;
            visit.Door.Changed += OnChanged;
        }

        private void Forget()
        {
            if (visit == null) return;
            visit.Door.Ready -= OnReady;
            visit.Door.Changed -= OnChanged;
            visit = null;
        }

        private void OnUnshown(string what)
        {
            Fault(what);
            Back();
        }

        private void OnReady(WorldReady ready)
        {
            if (isActiveAndEnabled) StartCoroutine(Fetch(ready));
        }

        private IEnumerator Fetch(WorldReady ready)
        {
            using (var request = UnityWebRequest.Get(connection.Server + ready.Url))
            {
                yield return request.SendWebRequest();
                if (visit == null) yield break;
                if (request.result != UnityWebRequest.Result.Success) Fault(request.error);
                else Step(ready, request.downloadHandler.data);
            }
        }

        private void Step(WorldReady ready, byte[] bytes)
        {
            var wasInside = visit.Door.IsInside;
            try
            {
                visit.Door.Step(ready, bytes);
            }
            catch (WireException fault)
            {
                Fault(fault.Message);
                return;
            }
            if (reader != null && !wasInside) cameFrom = reader.position;
            if (reader != null) reader.position = transform.position;
            hasLeftSpawn = false;
            if (Entered != null) Entered(ready);
            if (world != null) world.Show(bytes, ready.Url); // one that it cannot draw leads back, see OnUnshown
        }

        private void OnChanged(WorldFile file)
        {
            portals.Clear();
            Things.Clear();
            if (file != null)
            {
                foreach (var thing in file.Things)
                {
                    Things.Add(thing);
                    if (thing.Kind == "portal") portals.Add(thing);
                }
            }
            if (building != null && building.Root != null) building.Root.gameObject.SetActive(file == null);
            if (world != null && world.Root != null) world.Root.gameObject.SetActive(file != null);
            if (file != null) return;
            if (reader != null) reader.position = cameFrom;
            if (Entered != null) Entered(null);
        }

        private WorldThing Nearest()
        {
            foreach (var portal in portals)
            {
                var away = Axes.ToVector(Frames.MapToUnity(Frames.GltfToMap(portal.At))) + transform.position - reader.position;
                away.y = 0f;
                if (away.magnitude < portalReach) return portal;
            }
            return null;
        }

        private void Fault(string what)
        {
            Debug.LogWarning("Shelfway: the world was not entered: " + what);
            if (Faulted != null) Faulted(what);
        }
    }
}
