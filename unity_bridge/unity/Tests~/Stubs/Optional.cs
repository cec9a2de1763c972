// Signatures of the optional packages: glTFast 6, UniVRM 0.1xx (VRM 1.0), AR Foundation 5. See UnityEngine.cs.
using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using UnityEngine;

namespace GLTFast
{
    public class ImportSettings { }

    public class GltfImport : IDisposable
    {
        public Task<bool> Load(string url, ImportSettings importSettings = null, CancellationToken cancellationToken = default(CancellationToken)) { return null; }
        [Obsolete("Use the generic Load instead.")]
        public Task<bool> LoadGltfBinary(byte[] bytes, Uri uri = null, ImportSettings importSettings = null, CancellationToken cancellationToken = default(CancellationToken)) { return null; }
        public Task<bool> InstantiateMainSceneAsync(Transform parent, CancellationToken cancellationToken = default(CancellationToken)) { return null; }
        public void Dispose() { }
    }
}

namespace UniVRM10
{
    public struct ExpressionKey
    {
        public static ExpressionKey Aa { get { return new ExpressionKey(); } }
        public static ExpressionKey Ih { get { return new ExpressionKey(); } }
        public static ExpressionKey Ou { get { return new ExpressionKey(); } }
        public static ExpressionKey Ee { get { return new ExpressionKey(); } }
        public static ExpressionKey Oh { get { return new ExpressionKey(); } }
    }

    public class Vrm10RuntimeExpression { public void SetWeight(ExpressionKey expressionKey, float weight) { } }
    public class Vrm10Runtime { public Vrm10RuntimeExpression Expression { get { return null; } } }
    public class Vrm10Instance : MonoBehaviour { public Vrm10Runtime Runtime { get { return null; } } }
}

namespace UnityEngine.XR.ARSubsystems
{
    public enum TrackingState { None, Limited, Tracking }
    public struct XRReferenceImage { public string name { get { return ""; } } }
}

namespace UnityEngine.XR.ARFoundation
{
    using UnityEngine.XR.ARSubsystems;

    public class ARTrackedImage : MonoBehaviour
    {
        public TrackingState trackingState { get { return TrackingState.None; } }
        public XRReferenceImage referenceImage { get { return new XRReferenceImage(); } }
    }

    public struct ARTrackedImagesChangedEventArgs
    {
        public List<ARTrackedImage> added { get { return null; } }
        public List<ARTrackedImage> updated { get { return null; } }
        public List<ARTrackedImage> removed { get { return null; } }
    }

    public class ARTrackedImageManager : MonoBehaviour
    {
        public event Action<ARTrackedImagesChangedEventArgs> trackedImagesChanged;
        protected void Raise() { if (trackedImagesChanged != null) trackedImagesChanged(new ARTrackedImagesChangedEventArgs()); }
    }
}
