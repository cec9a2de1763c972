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
        private AudioClip clip;
        private MicrophonePacker packer;
        private float[] piece = new float[4800];
        private int readTo;

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
            Refuse("Unity gives no microphone to WebGL; use the kiosk page for speaking");
            yield break;
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
        }

        private void Send()
        {
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
        }

        private void Stop()
        {
            Microphone.End(device);
            packer = null;
            clip = null;
        }

        private void Refuse(string why)
        {
            open = false;
            Debug.LogWarning("Shelfway: " + why);
            if (Refused != null) Refused(why);
        }
    }
}
