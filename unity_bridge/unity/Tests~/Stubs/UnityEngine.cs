// Signatures of the UnityEngine members that this package uses, for compiling without Unity. Never part of a project: Unity
// does not look into folders whose name ends with ~. Checked by hand against the scripting reference of 2021.3.
using System;
using System.Collections;
using System.Collections.Generic;

namespace UnityEngine
{
    [AttributeUsage(AttributeTargets.Field)] public sealed class SerializeField : Attribute { }
    [AttributeUsage(AttributeTargets.Field)] public sealed class HideInInspector : Attribute { }
    [AttributeUsage(AttributeTargets.Field)] public sealed class TooltipAttribute : Attribute { public TooltipAttribute(string tooltip) { } }
    [AttributeUsage(AttributeTargets.Class)] public sealed class AddComponentMenu : Attribute { public AddComponentMenu(string menuName) { } }
    [AttributeUsage(AttributeTargets.Class)] public sealed class RequireComponent : Attribute { public RequireComponent(Type requiredComponent) { } }
    [AttributeUsage(AttributeTargets.Class)] public sealed class DefaultExecutionOrder : Attribute { public DefaultExecutionOrder(int order) { } }

    public class Object
    {
        public string name { get; set; }
        public static void Destroy(Object obj) { }
        public static T FindObjectOfType<T>() where T : Object { return null; }
        public static T Instantiate<T>(T original, Transform parent) where T : Object { return original; }
        public static bool operator ==(Object x, Object y) { return ReferenceEquals(x, y); }
        public static bool operator !=(Object x, Object y) { return !ReferenceEquals(x, y); }
        public override bool Equals(object other) { return ReferenceEquals(this, other); }
        public override int GetHashCode() { return 0; }
    }

    public class Component : Object
    {
        public Transform transform { get { return null; } }
        public GameObject gameObject { get { return null; } }
        public T GetComponent<T>() { return default(T); }
        public T GetComponentInParent<T>() { return default(T); }
        public T GetComponentInChildren<T>() { return default(T); }
    }

    public class Behaviour : Component
    {
        public bool enabled { get; set; }
        public bool isActiveAndEnabled { get { return true; } }
    }

    public class YieldInstruction { }
    public class AsyncOperation : YieldInstruction { }
    public sealed class Coroutine : YieldInstruction { }

    public class MonoBehaviour : Behaviour
    {
        public Coroutine StartCoroutine(IEnumerator routine) { return null; }
    }

    public sealed class GameObject : Object
    {
        public GameObject() { }
        public GameObject(string name) { }
        public Transform transform { get { return null; } }
        public T AddComponent<T>() where T : Component { return null; }
        public T GetComponent<T>() { return default(T); }
        public T GetComponentInChildren<T>() { return default(T); }
        public void SetActive(bool value) { }
        public static GameObject CreatePrimitive(PrimitiveType type) { return null; }
    }

    public enum PrimitiveType { Sphere, Capsule, Cylinder, Cube, Plane, Quad }

    public class Transform : Component
    {
        public Vector3 position { get; set; }
        public Vector3 localPosition { get; set; }
        public Vector3 localScale { get; set; }
        public Quaternion rotation { get; set; }
        public Quaternion localRotation { get; set; }
        public Vector3 forward { get; set; }
        public Vector3 right { get; set; }
        public Vector3 up { get; set; }
        public Transform Find(string n) { return null; }
        public void SetParent(Transform parent, bool worldPositionStays) { }
        public Vector3 InverseTransformPoint(Vector3 position) { return position; }
        public Vector3 InverseTransformDirection(Vector3 direction) { return direction; }
    }

    public struct Vector3
    {
        public float x, y, z;
        public Vector3(float x, float y, float z) { this.x = x; this.y = y; this.z = z; }
        public static Vector3 zero { get { return new Vector3(); } }
        public static Vector3 up { get { return new Vector3(0, 1, 0); } }
        public static Vector3 forward { get { return new Vector3(0, 0, 1); } }
        public Vector3 normalized { get { return this; } }
        public float sqrMagnitude { get { return 0; } }
        public float magnitude { get { return 0; } }
        public static Vector3 Lerp(Vector3 a, Vector3 b, float t) { return a; }
        public static Vector3 operator +(Vector3 a, Vector3 b) { return a; }
        public static Vector3 operator -(Vector3 a, Vector3 b) { return a; }
        public static Vector3 operator -(Vector3 a) { return a; }
        public static Vector3 operator *(Vector3 a, float d) { return a; }
    }

    public struct Quaternion
    {
        public static Quaternion identity { get { return new Quaternion(); } }
        public static Quaternion Euler(float x, float y, float z) { return new Quaternion(); }
        public static Quaternion LookRotation(Vector3 forward, Vector3 upwards) { return new Quaternion(); }
        public static Quaternion RotateTowards(Quaternion from, Quaternion to, float maxDegreesDelta) { return from; }
        public static Quaternion Slerp(Quaternion a, Quaternion b, float t) { return a; }
        public static Vector3 operator *(Quaternion rotation, Vector3 point) { return point; }
    }

    public struct Rect { public Rect(float x, float y, float width, float height) { } }
    public struct Color { public Color(float r, float g, float b) { } }

    public static class Mathf
    {
        public static int Min(int a, int b) { return a; }
        public static int Max(int a, int b) { return a; }
        public static int Clamp(int value, int min, int max) { return value; }
        public static float Clamp(float value, float min, float max) { return value; }
    }

    public static class Time
    {
        public static float deltaTime { get { return 0; } }
        public static float time { get { return 0; } }
        public static double realtimeSinceStartupAsDouble { get { return 0; } }
    }

    public static class Debug
    {
        public static void Log(object message) { }
        public static void LogWarning(object message) { }
        public static void LogError(object message) { }
    }

    public enum UserAuthorization { WebCam = 1, Microphone = 2 }

    public static class Application
    {
        public static bool isFocused { get { return true; } }
        public static AsyncOperation RequestUserAuthorization(UserAuthorization mode) { return null; }
        public static bool HasUserAuthorization(UserAuthorization mode) { return true; }
    }

    public sealed class AudioClip : Object
    {
        public delegate void PCMReaderCallback(float[] data);
        public int samples { get { return 0; } }
        public int channels { get { return 1; } }
        public int frequency { get { return 0; } }
        public static AudioClip Create(string name, int lengthSamples, int channels, int frequency, bool stream) { return null; }
        public static AudioClip Create(string name, int lengthSamples, int channels, int frequency, bool stream, PCMReaderCallback pcmreadercallback) { return null; }
        public bool GetData(float[] data, int offsetSamples) { return true; }
        public bool SetData(float[] data, int offsetSamples) { return true; }
    }

    public sealed class AudioSource : Behaviour
    {
        public AudioClip clip { get; set; }
        public bool loop { get; set; }
        public bool isPlaying { get { return true; } }
        public int timeSamples { get; set; }
        public float spatialBlend { get; set; }
        public void Play() { }
        public void Stop() { }
    }

    public sealed class AudioListener : Behaviour { }

    public static class Microphone
    {
        public static AudioClip Start(string deviceName, bool loop, int lengthSec, int frequency) { return null; }
        public static void End(string deviceName) { }
        public static int GetPosition(string deviceName) { return 0; }
        public static void GetDeviceCaps(string deviceName, out int minFreq, out int maxFreq) { minFreq = maxFreq = 0; }
    }

    public class Renderer : Component { public Material material { get; set; } }
    public class Material : Object { public Color color { get; set; } }

    public sealed class LineRenderer : Renderer
    {
        public int positionCount { get; set; }
        public bool useWorldSpace { get; set; }
        public float widthMultiplier { get; set; }
        public void SetPosition(int index, Vector3 position) { }
    }

    public sealed class Mesh : Object { public int GetBlendShapeIndex(string blendShapeName) { return -1; } }

    public sealed class SkinnedMeshRenderer : Renderer
    {
        public Mesh sharedMesh { get; set; }
        public void SetBlendShapeWeight(int index, float value) { }
    }

    public sealed class TextMesh : Component
    {
        public string text { get; set; }
        public float characterSize { get; set; }
    }

    public sealed class Animator : Behaviour { public void SetTrigger(string name) { } }
    public sealed class Camera : Behaviour { public static Camera main { get { return null; } } }
    public enum KeyCode
    {
        Tab = 9, Return = 13, Escape = 27, Space = 32, Alpha1 = 49, Alpha2 = 50, Alpha3 = 51, Alpha4 = 52, Alpha5 = 53,
        B = 98, C = 99, E = 101, F = 102, G = 103, J = 106, L = 108, N = 110, P = 112, T = 116, PageUp = 280, PageDown = 281,
        LeftShift = 304,
    }

    public struct RaycastHit { public float distance { get { return 0; } } }

    public static class Physics
    {
        public static bool Raycast(Vector3 origin, Vector3 direction, out RaycastHit hitInfo, float maxDistance) { hitInfo = new RaycastHit(); return false; }
    }

    public static class Input
    {
        public static bool GetKeyDown(KeyCode key) { return false; }
        public static bool GetKey(KeyCode key) { return false; }
        public static bool GetKeyUp(KeyCode key) { return false; }
        public static bool GetMouseButton(int button) { return false; }
        public static float GetAxis(string axisName) { return 0; }
    }

    public static class Screen
    {
        public static int width { get { return 0; } }
        public static int height { get { return 0; } }
    }

    public class GUIStyle { }

    public static class GUI
    {
        public static void Label(Rect position, string text) { }
        public static bool Button(Rect position, string text) { return false; }
        public static string TextField(Rect position, string text) { return text; }
        public static void SetNextControlName(string name) { }
        public static void FocusControl(string name) { }
    }

    public static class GUILayout
    {
        public static bool Button(string text, params GUILayoutOption[] options) { return false; }
        public static void Label(string text, params GUILayoutOption[] options) { }
    }

    public sealed class GUILayoutOption { }
}

namespace UnityEngine.Networking
{
    public class DownloadHandler { public string text { get { return ""; } } public byte[] data { get { return null; } } }
    public class UnityWebRequestAsyncOperation : AsyncOperation { }

    public class UnityWebRequest : IDisposable
    {
        public enum Result { InProgress, Success, ConnectionError, ProtocolError, DataProcessingError }
        public Result result { get { return Result.Success; } }
        public string error { get { return ""; } }
        public DownloadHandler downloadHandler { get; set; }
        public static UnityWebRequest Get(string uri) { return null; }
        public void SetRequestHeader(string name, string value) { }
        public UnityWebRequestAsyncOperation SendWebRequest() { return null; }
        public void Dispose() { }
    }
}

namespace UnityEngine.Android
{
    public struct Permission
    {
        public const string Microphone = "android.permission.RECORD_AUDIO";
        public static bool HasUserAuthorizedPermission(string permission) { return true; }
        public static void RequestUserPermission(string permission) { }
    }
}
