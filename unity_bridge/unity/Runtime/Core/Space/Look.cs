namespace Shelfway
{
    /// <summary>How somebody looks who has no avatar of their own: one of twelve colours, the same for all who see them.</summary>
    public static class Look
    {
        private static readonly int[] Colours =
        {
            0x4A6F7D, 0x8A6742, 0x5D8A7C, 0x7A5C86, 0xA2634B, 0x53708F, 0x7E8148, 0x96596B, 0x3F7F6F, 0x8B7355, 0x61669A, 0xA67F3B,
        };

        /// <summary>Red, green and blue, 0…1, of a person by number and role.</summary>
        public static void Of(long number, string role, out double red, out double green, out double blue)
        {
            var colour = role == "staff" ? 0x2C6148 : role == "robot" ? 0x71827B : Colours[(int)((number & 0x7FFFFFFF) % Colours.Length)];
            red = (colour >> 16) / 255.0;
            green = ((colour >> 8) & 0xFF) / 255.0;
            blue = (colour & 0xFF) / 255.0;
        }
    }
}
