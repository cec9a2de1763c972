/** The librarian, drawn by us: a woman with a bun and round glasses in the niche of a bookcase. */

const SPINES: readonly (readonly [number, number, number, string])[] = [
  [18, 20, 74, "a"], [39, 15, 64, "b"], [55, 22, 80, "c"], [78, 13, 68, "d"], [92, 18, 76, "a"], [130, 16, 72, "c"],
  [147, 21, 64, "b"], [169, 14, 80, "d"], [184, 19, 70, "a"], [204, 17, 78, "c"],
];

function shelf(y: number, shift: number): string {
  const books = SPINES.map(([x, width, height, tone], index) => {
    const tall = height - ((index * 7 + shift * 11) % 18);
    const left = ((x + shift * 23) % 214) + 4;
    return (
      `<rect class="spine spine-${tone}" x="${left}" y="${y - tall}" width="${width - 2}" height="${tall}" rx="1.5"/>` +
      `<rect class="spine-band" x="${left + 3}" y="${y - tall + 10}" width="${width - 8}" height="3"/>`
    );
  }).join("");
  return `${books}<rect class="board" x="0" y="${y}" width="240" height="7"/>`;
}

const eye = (side: "left" | "right", x: number) => `
  <g class="eye" transform="translate(${x} 124)">
    <clipPath id="lid-${side}"><ellipse class="lid" rx="11.5" ry="8.6"/></clipPath>
    <g clip-path="url(#lid-${side})">
      <rect class="eye-white" x="-13" y="-11" width="26" height="22"/>
      <g class="gaze"><circle class="iris" r="6.6"/><circle class="pupil" r="3.4"/><circle class="glint" cx="2.2" cy="-2.4" r="1.7"/></g>
    </g>
    <path class="lash" d="M-12.5 1.5C-9-9.500 8-10.500 12.5-1"/>
  </g>`;

export const LIBRARIAN = `
<defs>
  <clipPath id="niche"><path d="M8 280V116a112 112 0 0 1 224 0v164Z"/></clipPath>
  <clipPath id="mouth-clip"><path class="mouth-clip"/></clipPath>
</defs>
<path class="niche" d="M8 280V116a112 112 0 0 1 224 0v164Z"/>
<g clip-path="url(#niche)">
  <g class="books">${shelf(86, 0)}${shelf(178, 1)}${shelf(270, 2)}</g>
  <path class="niche-shade" d="M8 280V116a112 112 0 0 1 224 0v164Z"/>
  <g class="body">
    <path class="cardigan" d="M26 290c2-42 24-62 62-72l32-4 32 4c38 10 60 30 62 72Z"/>
    <path class="blouse" d="M92 216c6 22 18 40 28 48 10-8 22-26 28-48l-14-6h-28Z"/>
    <path class="skin-shade" d="M103 178h34v34c0 10-8 20-17 26-9-6-17-16-17-26Z"/>
    <path class="blouse-edge" d="M88 214l18 0 14 27-16 15c-10-11-15-25-16-42ZM152 214l-18 0-14 27 16 15c10-11 15-25 16-42Z"/>
    <path class="cardigan-edge" d="M84 219c4 24 18 52 34 71M156 219c-4 24-18 52-34 71"/>
    <g class="brooch" transform="translate(166 250)"><path d="M0 0c-4-3-8-3-11-1v12c3-2 7-2 11 1 4-3 8-3 11-1v-12c-3-2-7-2-11 1Z"/><path d="M0 0v12"/></g>
  </g>
  <g class="head">
    <circle class="hair" cx="128" cy="40" r="24"/>
    <path class="hair-line" d="M112 38c6-10 22-12 31-3M110 46c10-6 26-6 35 3"/>
    <path class="hair" d="M64 134c-6-46 14-86 57-86 41 0 62 36 55 86-3 22-9 40-17 50H82c-10-12-15-30-18-50Z"/>
    <ellipse class="skin-shade" cx="70" cy="134" rx="8" ry="13"/><ellipse class="skin-shade" cx="170" cy="134" rx="8" ry="13"/>
    <circle class="pearl" cx="69" cy="151" r="3.6"/><circle class="pearl" cx="171" cy="151" r="3.6"/>
    <path class="skin" d="M72 116c0-36 20-54 48-54s48 18 48 54c0 24-4 44-14 58-9 13-22 22-34 22s-25-9-34-22c-10-14-14-34-14-58Z"/>
    <ellipse class="blush" cx="88" cy="149" rx="12" ry="7.5"/><ellipse class="blush" cx="152" cy="149" rx="12" ry="7.5"/>
    ${eye("left", 98)}${eye("right", 142)}
    <path class="brow brow-left" d="M84 104c6-6 17-7 25-3"/><path class="brow brow-right" d="M156 104c-6-6-17-7-25-3"/>
    <path class="nose" d="M121 128c2 8 4 14 3 18-1 3-5 4-9 3"/>
    <g class="mouth" transform="translate(120 170)">
      <path class="lips"/>
      <g clip-path="url(#mouth-clip)"><path class="opening"/><rect class="teeth" x="-16" width="32" height="9" rx="3"/><ellipse class="tongue" rx="11" ry="7"/></g>
      <path class="lip-line"/>
    </g>
    <g class="glasses"><circle cx="98" cy="125" r="18.5"/><circle cx="142" cy="125" r="18.5"/><path d="M116.500 123c2-3 5-3 7 0M79.500 122l-11-3M160.500 122l11-3"/></g>
    <path class="hair" d="M70 122c-3-40 18-66 54-66 34 0 51 26 47 66-3-20-10-33-21-42-18 2-38-2-53-10-12 10-22 26-27 52Z"/>
    <path class="hair-line" d="M97 70c10 6 30 11 52 10M92 66c-10 8-17 22-20 40"/>
  </g>
</g>
<path class="niche-rim" d="M8 280V116a112 112 0 0 1 224 0v164"/>
`.replace(/(\d)\.(\d)00/g, "$1.$2");
