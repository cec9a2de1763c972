using System;
using System.Threading;
using UnityEngine;
#if SHELFWAY_GLTFAST
using System.Threading.Tasks;
using GLTFast;
#endif

namespace Shelfway.Unity
{
    /// <summary>The building, or a world of a book, as glTF. What cannot be loaded is told and leaves the scene as it was.</summary>
    [AddComponentMenu("Shelfway/Twin")]
    public sealed class ShelfwayTwin : MonoBehaviour
    {
        [SerializeField] private ShelfwayConnection connection;
        [Tooltip("Load the building when the plan has come.")]
        [SerializeField] private bool loadBuilding = true;
        private Transform root;
        private string loaded = "";
        private CancellationTokenSource ending;

        /// <summary>Something is in the scene now; its address.</summary>
        public event Action<string> Loaded;

        public event Action<string> Faulted;

        /// <summary>Whether the building is loaded by itself when its plan has come; set it before the component is enabled.</summary>
        public bool ShowsBuilding
        {
            get { return loadBuilding; }
            set { loadBuilding = value; }
        }

        /// <summary>What was loaded hangs here, lying on the map; null before.</summary>
        public Transform Root { get { return root; } }

        /// <summary>Load a GLB: an address, or a path on the connection's server beginning with a slash.</summary>
        public void Load(string address)
        {
            var full = address.StartsWith("/", StringComparison.Ordinal) ? connection.Server + address : address;
            if (full == loaded) return;
#if SHELFWAY_GLTFAST
            LoadNow(full, null);
#else
            Fault("install com.unity.cloud.gltfast to see " + full);
#endif
        }

        /// <summary>
        /// Show a GLB that is here already and was checked (<see cref="WorldFile"/>), instead of what hangs here. Told by
        /// <see cref="Loaded"/> or <see cref="Faulted"/>; when it fails what was there stays.
        /// </summary>
        public void Show(byte[] bytes, string name)
        {
#if SHELFWAY_GLTFAST
            LoadNow(name, bytes);
#else
            Fault("install com.unity.cloud.gltfast to see " + name);
#endif
        }

        private void OnEnable()
        {
            ending = new CancellationTokenSource();
            if (connection == null) connection = ShelfwayConnection.For(this);
            if (connection == null || !loadBuilding) return;
            connection.PlanLoaded += OnPlan;
            if (connection.Plan != null) OnPlan(connection.Plan);
        }

        private void OnDisable()
        {
            ending.Cancel();
            if (connection != null) connection.PlanLoaded -= OnPlan;
        }

        private void OnPlan(Messages.PlanBody plan)
        {
            Load("/twin/" + plan.Revision + ".glb");
        }

        private void Fault(string what)
        {
            Debug.LogWarning("Shelfway: " + what);
            if (Faulted != null) Faulted(what);
        }

#if SHELFWAY_GLTFAST
        private async void LoadNow(string address, byte[] bytes)
        {
            var stop = ending.Token;
            try
            {
                var next = await Import(address, bytes, stop);
                if (next == null) return;
                if (root != null) Destroy(root.gameObject);
                root = next;
                loaded = address;
                if (Loaded != null) Loaded(address);
            }
            catch (OperationCanceledException)
            {
                // the scene was left meanwhile
            }
        }

        private async Task<Transform> Import(string address, byte[] bytes, CancellationToken stop)
        {
            var import = new GltfImport();
#pragma warning disable 618 // later versions of glTFast 6 call it by another name, which the first ones have not
            var read = bytes == null ? import.Load(address, null, stop) : import.LoadGltfBinary(bytes, null, null, stop);
#pragma warning restore 618
            if (!await read)
            {
                Fault(address + " could not be loaded, or is no valid glTF");
                return null;
            }
            // glTFast flips X: only under a root turned by 180 degrees does the file lie on the map.
            var next = new GameObject("Shelfway model").transform;
            next.SetParent(transform, false);
            next.localRotation = Quaternion.Euler(0f, Frames.ModelRootYawDeg, 0f);
            if (await import.InstantiateMainSceneAsync(next, stop)) return next;
            Destroy(next.gameObject);
            Fault(address + " has no scene");
            return null;
        }
#endif
    }
}
