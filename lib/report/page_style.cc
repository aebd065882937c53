#include "report/page_style.h"

#include <string_view>

#include "report/figure.h"
#include "report/palette.h"

namespace vesica {
namespace {

// The palette as custom properties, so that the rules below hold for every theme.
std::string Colors(const Palette& colors) {
  return Concat({":root{--page:", colors.background, ";--surface:", colors.surface, ";--text:", colors.text,
                 ";--muted:", colors.muted, ";--line:", colors.grid, ";--link:", colors.link, ";--both:", colors.both,
                 ";--marketing:", colors.series[0], ";--sales:", colors.series[1], "}"});
}

constexpr std::string_view kText = R"css(
*{box-sizing:border-box}
html{font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;
background:var(--page);color:var(--text);-webkit-text-size-adjust:100%;overflow-wrap:break-word}
body{margin:0 auto;max-width:75rem;padding:0 clamp(1rem,4vw,2.5rem)}
h1,h2,h3,p,ul,dl,dd,figure{margin:0;padding:0}
h1{font-size:clamp(1.5rem,1.2rem + 1.4vw,2.125rem);line-height:1.2;font-weight:650;letter-spacing:-.015em;text-wrap:balance}
h2{font-size:1.375rem;line-height:1.3;font-weight:650;letter-spacing:-.01em;margin:0 0 1rem}
h3{font-size:1.0625rem;line-height:1.35;font-weight:600;text-wrap:balance}
a{color:var(--link)}
:focus-visible{outline:3px solid var(--link);outline-offset:2px;border-radius:4px}
header.page{padding:2.25rem 0 1.25rem}
.facts li{min-width:0;overflow-wrap:anywhere}
h1,h3{overflow-wrap:anywhere}
.facts{list-style:none;display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;margin-top:.5rem;color:var(--muted);font-size:.9375rem}
footer.page{margin-top:3rem;padding:1.25rem 0 2.5rem;border-top:1px solid var(--line);color:var(--muted);font-size:.875rem}
section{padding:1.5rem 0 0;scroll-margin-top:4rem}
figure{scroll-margin-top:4.5rem}
section:not(:first-of-type){margin-top:1.5rem}
[hidden]{display:none!important}
.note{color:var(--muted);max-width:68ch}
.warnings{border-left:4px solid var(--sales);padding:.5rem 0 .5rem 1rem;margin:0 0 1.5rem;max-width:75ch}
.warnings ul{margin:.25rem 0 0 1.1rem}
)css";

constexpr std::string_view kTabs = R"css(
[role=tablist]{display:flex;gap:.25rem;overflow-x:auto;border-bottom:1px solid var(--line);position:sticky;top:0;
background:var(--page);z-index:1;scrollbar-width:thin}
[role=tab]{font:inherit;font-size:.9375rem;color:var(--muted);background:none;border:0;border-bottom:3px solid transparent;
padding:.7rem .9rem .55rem;white-space:nowrap;cursor:pointer}
[role=tab]:hover{color:var(--text)}
[role=tab]:focus-visible{outline-offset:-3px}
[role=tab][aria-selected=true]{color:var(--link);border-bottom-color:var(--link);font-weight:600}
[role=tabpanel]{margin-top:0!important}
)css";

constexpr std::string_view kCards = R"css(
.headline{background:var(--surface);border-radius:12px;padding:clamp(1.25rem,3vw,2rem);margin-bottom:1.5rem;
display:grid;gap:.75rem clamp(1.5rem,4vw,3rem);grid-template-columns:minmax(0,auto) minmax(0,1fr);align-items:center}
.headline .figure{font-size:clamp(2.75rem,2rem + 4vw,4.75rem);line-height:1;font-weight:680;letter-spacing:-.035em;
font-variant-numeric:tabular-nums;color:var(--both)}
.headline .of{color:var(--muted);margin-top:.5rem;max-width:26ch}
.headline .interval{display:block;font-size:1.0625rem;font-weight:500;letter-spacing:0;color:var(--text);margin-top:.6rem;line-height:1.3}
.headline .reading{max-width:62ch}
.headline .reading p+p{margin-top:.5rem}
.headline .reading p:first-child{font-size:1.125rem;font-weight:550}
.stats{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,9.75rem),1fr));gap:1rem;margin:0 0 1.5rem}
.stats>div{border-top:3px solid var(--line);padding:.65rem 0 0}
.card .stats{margin:0}
.stats dt{color:var(--muted);font-size:.9375rem}
.stats .value{font-size:1.625rem;line-height:1.25;font-weight:620;letter-spacing:-.02em;font-variant-numeric:tabular-nums}
.stats .beside{color:var(--muted);font-size:.875rem}
figure,.card{border:1px solid var(--line);border-radius:12px;padding:clamp(1rem,2.2vw,1.5rem);margin:0 0 1.25rem;min-width:0}
figcaption p{color:var(--muted);font-size:.9375rem;max-width:72ch;margin-top:.25rem}
figcaption{margin-bottom:1rem}
.card>h3{margin-bottom:.75rem}
.row{display:grid;gap:0 1.25rem;grid-template-columns:repeat(auto-fit,minmax(min(100%,26rem),1fr));align-items:stretch}
.row>figure{display:flex;flex-direction:column}
@media (min-width:64rem){main figure:not(.row>figure){display:grid;grid-template-columns:minmax(0,16rem) minmax(0,1fr);gap:0 2rem}
figure>details{grid-column:1/-1;min-width:0}}
.row>figure>details{margin-top:auto}
)css";

constexpr std::string_view kPictures = R"css(
.scroll{overflow-x:auto;max-width:100%;scrollbar-width:thin}
.picture svg{display:block;height:auto;max-width:100%;min-width:34rem}
.picture.small svg{min-width:19.25rem}
.picture.large svg{min-width:39rem}
)css";

constexpr std::string_view kTables = R"css(
details{margin-top:1rem}
summary{cursor:pointer;color:var(--link);font-size:.9375rem;width:max-content;max-width:100%;padding:.15rem 0}
details>.scroll,.card>.scroll{margin-top:.5rem;max-height:36rem;overflow:auto}
table{border-collapse:collapse;font-size:.875rem;line-height:1.35;font-variant-numeric:tabular-nums;min-width:min(100%,24rem)}
caption{text-align:left;color:var(--muted);padding:0 0 .5rem;max-width:75ch}
th,td{text-align:left;vertical-align:top;padding:.4rem .75rem .4rem 0;border-bottom:1px solid var(--line);white-space:nowrap}
th{font-weight:500}
thead th{font-weight:600;color:var(--muted);vertical-align:bottom;position:sticky;top:0;background:var(--page);
white-space:normal;min-width:7em}
td.wide,th.wide{white-space:normal;min-width:16em;max-width:34em}
td bdi,tbody th bdi{display:inline-block;width:max-content;max-width:30em;white-space:normal;overflow-wrap:anywhere}
.n,.compact td{text-align:right}
.compact td:first-child{text-align:left}
tbody tr:hover{background:var(--surface)}
thead button{font:inherit;color:inherit;background:none;border:0;padding:0;text-align:inherit;cursor:pointer}
thead button::after{content:"\A0\2195";opacity:.45}
[aria-sort=ascending] button::after{content:"\A0\2191";opacity:1}
[aria-sort=descending] button::after{content:"\A0\2193";opacity:1}
.on-paper{display:none}
.left-out{color:var(--muted);font-size:.875rem;margin-top:.5rem;max-width:75ch}
dl.terms{display:grid;gap:.85rem 2rem;grid-template-columns:minmax(9rem,15rem) minmax(0,1fr)}
dl.terms dt{font-weight:600}
dl.terms dd{max-width:70ch}
)css";

constexpr std::string_view kNarrow = R"css(
@media (max-width:40rem){
.headline{grid-template-columns:minmax(0,1fr)}
dl.terms{grid-template-columns:minmax(0,1fr);gap:.15rem}
dl.terms dd{margin-bottom:.85rem}
figure,.card{margin-left:-.5rem;margin-right:-.5rem}
}
@media (min-width:100rem){html{font-size:17px}}
@media (prefers-reduced-motion:no-preference){html{scroll-behavior:smooth}}
)css";

constexpr std::string_view kPrint = R"css(
@media print{
@page{margin:14mm}
html{font-size:10.5pt}
body{max-width:none;padding:0}
[role=tablist],summary{display:none!important}
section[hidden]{display:block!important}
section:not(:first-of-type){break-before:page;margin-top:0}
header.page{padding-top:0}
h2,h3,figcaption{break-after:avoid}
figure,.card,.headline{border-color:#ccc}
.headline,.stats,.picture,tr,figure{break-inside:avoid}
figure:has(tr:nth-child(25)){break-inside:auto}
.row{grid-template-columns:repeat(2,minmax(0,1fr))}
.row>figure>details,.scroll.long{display:none}
.on-paper{display:block;color:var(--muted)}
.stats{grid-template-columns:repeat(3,minmax(0,1fr))}
.scroll,details>.scroll,.card>.scroll{overflow:visible;max-height:none}
.picture svg,.picture.small svg,.picture.large svg{min-width:0;max-width:100%}
.picture svg{max-width:15cm}
.row .picture svg{max-width:100%}
table{font-size:7.5pt}
th,td,thead th{white-space:normal;min-width:0;padding:.2rem .5rem .2rem 0;position:static}
td.n{white-space:nowrap}
td bdi,tbody th bdi{width:auto}
td.wide,th.wide{min-width:12em}
thead th.between{min-width:9em}
thead button::after{content:none}
a{color:inherit;text-decoration:none}
}
)css";

}  // namespace

std::string PageStyle(Theme theme) {
  const std::string light = Colors(kLightPalette), dark = Colors(kDarkPalette);
  std::string style = theme == Theme::kDark ? dark : light;
  if (theme == Theme::kAuto) style += Concat({"@media screen and (prefers-color-scheme:dark){", dark, "}"});
  style += Concat({kText, kTabs, kCards, kPictures, kTables, kNarrow, kPrint, FigureStyle(theme)});
  if (theme == Theme::kDark) style += Concat({"@media print{", light, FigureStyle(Theme::kLight), "}"});
  return style;
}

}  // namespace vesica
