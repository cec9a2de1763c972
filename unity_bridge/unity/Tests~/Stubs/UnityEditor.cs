// Signatures of the UnityEditor members that this package uses; see UnityEngine.cs.
using System;

namespace UnityEditor
{
    [AttributeUsage(AttributeTargets.Method)] public sealed class MenuItem : Attribute { public MenuItem(string itemName) { } }

    public class EditorWindow : UnityEngine.Object
    {
        public static T GetWindow<T>(string title) where T : EditorWindow { return null; }
        public void Repaint() { }
    }

    public static class EditorApplication
    {
        public delegate void CallbackFunction();
        public static CallbackFunction update;
        public static double timeSinceStartup { get { return 0; } }
    }

    public static class EditorGUILayout
    {
        public static string TextField(string label, string text, params UnityEngine.GUILayoutOption[] options) { return text; }
        public static string PasswordField(string label, string password, params UnityEngine.GUILayoutOption[] options) { return password; }
        public static void HelpBox(string message, MessageType type) { }
    }

    public enum MessageType { None, Info, Warning, Error }

    public static class EditorPrefs
    {
        public static string GetString(string key, string defaultValue) { return defaultValue; }
        public static void SetString(string key, string value) { }
    }
}
