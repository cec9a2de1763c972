using System;
using System.Collections;
using UnityEngine;
#if UNITY_ANDROID
using UnityEngine.Android;
#endif

namespace Shelfway.Unity
{
    /// <summary>What the reader says. Hold to talk with Begin and End, or open: the server finds the turns.</summary>
    [AddComponentMenu("Shelfway/Microphone")]
    public sealed class ShelfwayMicrophone : MonoBehaviour
    {
        [SerializeField] private ShelfwayConnection connection;
        [Tooltip("On: listens all the time. Off: between Begin and End.")]
        [SerializeField] private bool open;
        [Tooltip("Empty: the system's own.")]
        [SerializeField] private string device = "";
        private MicrophonePacker packer;
        private float[] piece = new float[4800];
#if !UNITY_WEBGL || UNITY_EDITOR
        private AudioClip clip;
        private int readTo;
#endif

        /// <summary>Why there is no sound from the reader: for a message on the screen.</summary>
        public event Action<string> Refused;

        public bool IsListening { get { return packer != null; } }

        /// <summary>Loudness, 0…1.</summary>
        public float Level { get { return packer == null ? 0f : packer.Level; } }

        public void Begin()
        {
            if (!IsListening && isActiveAndEnabled) StartCoroutine(BeginWhenAllowed());
        }

        public void End()
        {
#if UNITY_WEBGL && !UNITY_EDITOR
            if (!IsListening) WebGLMicrophone.Stop(); // let go while the reader was still asked
#endif
            if (!IsListening) return;
            Send();
            if (connection.Visit != null) connection.Visit.ListenEnd();
            Stop();
        }

        private void OnEnable()
        {
            if (connection == null) connection = ShelfwayConnection.For(this);
        }

        private void Update()
        {
            if (connection == null || connection.Visit == null) return;
            var isUp = connection.Visit.Client.State == LinkState.Open;
            if (!isUp && IsListening) Stop(); // the stream ended with the line
            if (isUp && open && !IsListening) Begin();
            if (IsListening) Send();
        }

        private void OnDisable()
        {
            if (connection != null) End();
        }

        private IEnumerator BeginWhenAllowed()
        {
#if UNITY_WEBGL && !UNITY_EDITOR
            WebGLMicrophone.Start(true);
            while (WebGLMicrophone.State == WebGLMicrophone.Asking) yield return null;
            var state = WebGLMicrophone.State;
            if (state == WebGLMicrophone.Off) yield break; // ended while the reader was asked
            if (state != WebGLMicrophone.Listening)
            {
                Refuse(WebGLMicrophone.Why(state));
                yield break;
            }
            StartListening();
#else
#if UNITY_ANDROID
            if (!Permission.HasUserAuthorizedPermission(Permission.Microphone))
            {
                Permission.RequestUserPermission(Permission.Microphone);
                // Android asks in a window of its own; the answer is there when the game has the focus again.
                yield return null;
                while (!Application.isFocused) yield return null;
            }
            if (!Permission.HasUserAuthorizedPermission(Permission.Microphone))
            {
                Refuse("the reader did not allow the microphone");
                yield break;
            }
#else
            yield return Application.RequestUserAuthorization(UserAuthorization.Microphone);
            if (!Application.HasUserAuthorization(UserAuthorization.Microphone))
            {
                Refuse("the reader did not allow the microphone");
                yield break;
            }
#endif
            StartListening();
#endif
        }

        private void StartListening()
        {
            if (IsListening || connection.Visit == null) return;
#if UNITY_WEBGL && !UNITY_EDITOR
            packer = connection.Visit.Listen(WebGLMicrophone.Rate, !open);
            if (packer == null) Stop();
#else
            int lowest, highest;
            Microphone.GetDeviceCaps(device, out lowest, out highest);
            // 0 and 0 mean any rate; the wire takes 8 to 96 kHz and the server resamples.
            var rate = highest == 0 ? 48000 : Mathf.Clamp(48000, Mathf.Max(8000, lowest), Mathf.Min(96000, highest));
            clip = Microphone.Start(device, true, 2, rate);
            if (clip == null)
            {
                Refuse("there is no microphone");
                return;
            }
            readTo = 0;
            packer = connection.Visit.Listen(clip.frequency, !open);
            if (packer == null) Stop();
#endif
        }

        private void Send()
        {
#if UNITY_WEBGL && !UNITY_EDITOR
            int taken;
            while ((taken = WebGLMicrophone.Take(piece)) > 0)
                packer.Add(piece, taken, 1, frame => connection.Visit.Client.SendAudio(frame));
#else
            var at = Microphone.GetPosition(device);
            var count = at - readTo;
            if (count < 0) count += clip.samples; // the clip is a ring
            while (count > 0)
            {
                // GetData does not wrap and always fills its buffer, so each part up to the end is read by itself.
                var part = Mathf.Min(count, clip.samples - readTo);
                if (piece.Length != part * clip.channels) piece = new float[part * clip.channels];
                clip.GetData(piece, readTo);
                packer.Add(piece, piece.Length, clip.channels, frame => connection.Visit.Client.SendAudio(frame));
                readTo = (readTo + part) % clip.samples;
                count -= part;
            }
#endif
        }

        private void Stop()
        {
#if UNITY_WEBGL && !UNITY_EDITOR
            WebGLMicrophone.Stop();
#else
            Microphone.End(device);
            clip = null;
#endif
            packer = null;
        }

        private void Refuse(string why)
        {
            open = false;
            Debug.LogWarning("Shelfway: " + why);
            if (Refused != null) Refused(why);
        }
    }
}
