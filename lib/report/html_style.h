#ifndef HTML_STYLE_H
#define HTML_STYLE_H

/*
 * The style of a page, on screen, in the dark and on paper. The hash is that of these bytes: a browser that finds another
 * one leaves the page without style. When the style changes, so must it; whole.bigreport looks at it.
 */
#define HTML_STYLE_HASH "sha256-Za+LP5Ww1oVz6OoRVteEUz4E5r9BdQCAsGl3QAaLLAU="

/* clang-format off */
#define HTML_STYLE \
	"\n" \
	":root{color-scheme:light dark;--ink:#0b0c0c;--paper:#fff;--faint:#505a5f;--line:#b1b4b6;--link:#1a5fb4;--key:#8a5a00;--box:#f3f2f1}\n" \
	"@media (prefers-color-scheme:dark){:root{--ink:#f0f0f0;--paper:#16181a;--faint:#b0b6ba;--line:#4a5054;--link:#8ab4f8;--key:#f5c451;--box:#23272a}}\n" \
	"*{box-sizing:border-box}\n" \
	"body{margin:0 auto;max-width:60rem;padding:1rem;background:var(--paper);color:var(--ink);font:1rem/1.5 system-ui,\"Segoe UI\",Roboto,Arial,sans-serif;overflow-wrap:anywhere}\n" \
	"h1{font-size:1.8rem;line-height:1.2}\n" \
	"h2{font-size:1.35rem;margin:2rem 0 .5rem;border-bottom:2px solid var(--line)}\n" \
	"h3{font-size:1.1rem;margin:1.5rem 0 .5rem}\n" \
	"a{color:var(--link)}\n" \
	"a:focus-visible{outline:3px solid var(--key);outline-offset:2px}\n" \
	".skip{position:absolute;left:-999rem}\n" \
	".skip:focus{position:static}\n" \
	".wide{overflow-x:auto}\n" \
	"table{border-collapse:collapse;width:100%}\n" \
	"th,td{text-align:start;vertical-align:top;padding:.35rem .75rem .35rem 0;border-bottom:1px solid var(--line)}\n" \
	"thead th{color:var(--faint);font-weight:normal}\n" \
	"ol.lines{list-style:none;margin:0;padding:0}\n" \
	"ol.lines ol.lines{margin-inline-start:1rem;padding-inline-start:1rem;border-inline-start:3px solid var(--line)}\n" \
	"ol.lines>li{padding:.4rem 0;break-inside:avoid-page}\n" \
	"li.key{border-inline-start:4px solid var(--key);padding-inline-start:.75rem!important}\n" \
	"li.change>.text{font-style:italic}\n" \
	"li:target{background:var(--box)}\n" \
	"p.head{margin:0}\n" \
	".at{display:inline-block;min-height:1.5rem;font-variant-numeric:tabular-nums;color:var(--faint)}\n" \
	".flag{font-size:.85rem;color:var(--faint);border:1px solid var(--line);border-radius:.25rem;padding:0 .3rem}\n" \
	".text>*:first-child{margin-top:.2rem}\n" \
	".text>*:last-child{margin-bottom:.2rem}\n" \
	".instead,.blank{color:var(--faint);font-style:italic;margin:.2rem 0}\n" \
	".was{color:var(--faint);margin:.2rem 0}\n" \
	".files,.reactions{margin:.2rem 0}\n" \
	"pre{background:var(--box);padding:.5rem;overflow-x:auto;white-space:pre-wrap}\n" \
	"blockquote{margin:.5rem 0;padding-inline-start:.75rem;border-inline-start:3px solid var(--line);color:var(--faint)}\n" \
	"@media print{:root{--ink:#000;--paper:#fff;--faint:#333;--line:#999;--link:#000;--key:#000;--box:#fff}body{max-width:none;padding:0;font-size:10pt}.skip{display:none}h2,h3,p.head{break-after:avoid-page}thead{display:table-header-group}}\n"
/* clang-format on */

#endif
