// Copies the front-end packages that we use into this folder and writes CHECKSUMS.
// node static/vendor/build.mjs PATH/TO/node_modules   (bootstrap, @fontsource-variable/inter, lucide-static)
import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const packages = process.argv[2];

const ICONS = `
archive arrow-left arrow-left-right arrow-right arrow-up-right award badge-check ban bell bookmark building-2 bus
calendar calendar-check calendar-clock calendar-days calendar-off calendar-plus calendar-range calendar-x check
check-check chevron-down chevron-left chevron-right chevrons-up-down circle circle-alert circle-check circle-dot
circle-help circle-user clipboard-check clipboard-list clock copy download euro external-link eye file-check file-pen
file-pen-line file-plus file-text fingerprint flag funnel globe graduation-cap handshake hash history hotel hourglass
house id-card image info key key-round landmark languages layout-list leaf lightbulb link list list-checks lock log-in
log-out mail mail-open mail-plus map map-pin map-pinned menu message-circle messages-square minus mic monitor octagon-x
pen-line pencil-line phone pin plane plus presentation printer qr-code refresh-cw rotate-ccw route save scale scroll-text
search send settings shield shield-alert shield-check signature sliders-horizontal smartphone sparkles square-pen table
tag ticket train-front trash-2 triangle-alert undo-2 upload user user-check user-plus user-x users users-round utensils
wallet x message-square circle-x video ellipsis grip-vertical heart-handshake file folder paperclip star target chart-bar chart-no-axes-column
inbox loader lock-open mail-check mail-x navigation play reply share-2 trending-up zap
`.trim().split(/\s+/);

function folder(name) {
  const version = JSON.parse(readFileSync(join(packages, name, "package.json"), "utf8")).version;
  const short = { "@fontsource-variable/inter": "inter", "lucide-static": "lucide" }[name] ?? name;
  const path = join(here, `${short}-${version}`);
  rmSync(path, { recursive: true, force: true });
  mkdirSync(path);
  copyFileSync(join(packages, name, "LICENSE"), join(path, "LICENSE"));
  return path;
}

const bootstrap = readFileSync(join(packages, "bootstrap/dist/css/bootstrap.min.css"), "utf8");
writeFileSync(join(folder("bootstrap"), "bootstrap.min.css"), bootstrap.replace(/\n?\/\*# sourceMappingURL=.*\*\/\s*$/, "\n"));

const inter = folder("@fontsource-variable/inter");
for (const script of ["latin", "latin-ext", "greek", "cyrillic"]) {
  const file = `inter-${script}-wght-normal.woff2`;
  copyFileSync(join(packages, "@fontsource-variable/inter/files", file), join(inter, file));
}

const symbols = ICONS.map((name) => {
  const svg = readFileSync(join(packages, "lucide-static/icons", `${name}.svg`), "utf8");
  const shapes = svg.replace(/<!--.*?-->/gs, "").match(/<svg[^>]*>(.*)<\/svg>/s)[1].replace(/\s*\n\s*/g, "");
  return `<symbol id="${name}" viewBox="0 0 24 24">${shapes}</symbol>`;
});
writeFileSync(join(folder("lucide-static"), "icons.svg"), `<svg xmlns="http://www.w3.org/2000/svg">\n${symbols.join("\n")}\n</svg>\n`);

const sums = [];
for (const pack of readdirSync(here, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map((entry) => entry.name).sort()) {
  for (const file of readdirSync(join(here, pack)).sort()) {
    const bytes = readFileSync(join(here, pack, file));
    sums.push(`${createHash("sha256").update(bytes).digest("hex")}  ${pack}/${file}`);
  }
}
writeFileSync(join(here, "CHECKSUMS"), sums.join("\n") + "\n");
