package main

import (
	"fmt"
	"html"
	"math/rand/v2"
	"slices"
	"strings"
)

// style is the paper's: body of 10 points, all else larger or smaller.
const style = `<!doctype html><meta charset="utf-8"><style>
@page{margin:0}
*{box-sizing:border-box}
html,body{margin:0}
body{font:10pt/1.5 'Noto Serif CJK SC';padding:24pt 28pt;position:relative;text-align:justify}
.line{display:flex;justify-content:space-between;font-size:9pt;white-space:nowrap;
  border-bottom:1px solid;margin-bottom:14pt}
.row{display:flex;gap:18pt;margin-bottom:22pt;align-items:flex-start}
.columns{column-gap:18pt}
h1,h2,h3,h4,p,figure{margin:0;font-weight:400}
h2{font-weight:700;font-size:26pt;line-height:1.25;text-align:center}
.narrow h2{font-size:19pt}
h1{font-size:14pt;text-align:center}
h3{font-size:14pt;text-align:center;margin-top:4pt}
header{margin-bottom:10pt;break-inside:avoid;break-after:avoid}
header p{text-align:center;margin-top:4pt}
.flow header{margin-top:14pt}
.spaced h2{letter-spacing:.3em}
h4{font-weight:700;text-align:center;break-after:avoid;break-inside:avoid}
.big h4{font-size:12pt;line-height:15pt}
.sans h4{font-family:'Noto Sans CJK SC'}
.left h4{text-align:left;padding-left:2em}
.body p{text-indent:2em}
figure{break-inside:avoid;margin:6pt 0}
figure div{height:70pt;background:#ddd}
figcaption{font-size:8.5pt;line-height:12pt;padding-top:3pt}
.row>article>figure{width:70%;margin-left:15%}
table{width:100%;border-collapse:collapse;break-inside:avoid}
td{padding:0;text-align:left;white-space:nowrap}
</style>`

const gap = 18 // points between columns

// pageOf lays a sheet out.
func pageOf(s *sheet, layout string, random *rand.Rand) string {
	w := &writer{sheet: s, random: random}
	w.columns = 3 + random.IntN(3)
	w.chars = []int{13, 15, 16, 18, 21}[random.IntN(5)]
	for i := range s.Articles {
		for _, p := range s.Articles[i].Paragraphs {
			if p.Kind == "table" {
				w.chars = 21 // its rows are wide
			}
		}
	}
	width := w.columns*w.chars*10 + (w.columns-1)*gap
	classes := []string{"big", "sans", "left", "sans left"}[random.IntN(4)]
	w.printf(`%s<body class="%s %s" style="width:%dpt">`, style, layout, classes, width+56)
	w.headLine()
	if layout == "flow" {
		w.flow()
	} else {
		w.boxes()
	}
	w.printf(`<div style="font-size:9pt;text-align:right">责任编辑：方小满 电话：010-55550123</div>`)
	return w.String()
}

type writer struct {
	strings.Builder
	sheet   *sheet
	random  *rand.Rand
	columns int // of the page
	chars   int // of a column
}

func (w *writer) printf(format string, args ...any) { fmt.Fprintf(&w.Builder, format, args...) }

func (w *writer) headLine() {
	s := w.sheet
	date, number, name := s.Date, s.Page, s.PageName
	if date == "" {
		date, number, name = "2024-03-05", "3", "要闻"
	}
	var y, m, d int
	fmt.Sscanf(date, "%d-%d-%d", &y, &m, &d)
	w.printf(`<div class=line><span>第%s版</span><span>%s</span><span>%s</span><span>%d年%d月%d日 星期三</span></div>`,
		number, name, s.Publication, y, m, d)
}

// flow runs all articles down the columns of the page.
func (w *writer) flow() {
	w.printf(`<div class="columns narrow" style="columns:%d">`, w.columns)
	for i := range w.sheet.Articles {
		w.head(&w.sheet.Articles[i])
		w.figures(w.body(&w.sheet.Articles[i], w.captions(i)))
	}
	w.printf(`</div>`)
}

// boxes sets each article in a box of its own; short ones share a row.
func (w *writer) boxes() {
	articles := w.sheet.Articles
	for i := 0; i < len(articles); {
		shares := []int{w.columns}
		const short = 500 // characters: less than a row
		if i+1 < len(articles) && w.columns > 2 && (articles[i].runes() < short || w.random.IntN(2) == 0) {
			left := 1 + w.random.IntN(w.columns-1)
			shares = []int{left, w.columns - left}
		}
		w.printf(`<div class=row>`)
		for k, share := range shares {
			w.box(&articles[i+k], i+k, share)
		}
		w.printf(`</div>`)
		i += len(shares)
	}
}

func (w *writer) box(a *article, i, columns int) {
	class := ""
	if columns*w.chars < 40 {
		class = "narrow"
	}
	if len([]rune(a.Title)) < 8 && w.random.IntN(2) == 0 {
		class += " spaced"
	}
	w.printf(`<article class="%s" style="width:%dpt;flex:none">`, class, columns*w.chars*10+(columns-1)*gap)
	captions := w.captions(i)
	w.head(a)
	if w.random.IntN(3) == 0 {
		w.figures(captions)
		captions = nil
	}
	w.printf(`<div class=columns style="columns:%d">`, columns)
	after := w.body(a, captions)
	w.printf(`</div>`)
	w.figures(after)
	w.printf(`</article>`)
}

// captions returns the captions of the page that belong to article i.
func (w *writer) captions(i int) []string {
	var out []string
	for k, c := range w.sheet.Captions {
		if k%len(w.sheet.Articles) == i {
			out = append(out, c)
		}
	}
	return out
}

func (w *writer) figures(captions []string) {
	for _, c := range captions {
		w.printf(`<figure><div></div><figcaption>%s</figcaption></figure>`, html.EscapeString(c))
	}
}

func (w *writer) head(a *article) {
	w.printf(`<header>`)
	if a.Kicker != "" {
		w.printf(`<h1>%s</h1>`, html.EscapeString(a.Kicker))
	}
	w.printf(`<h2>%s</h2>`, html.EscapeString(a.Title))
	if a.Subtitle != "" {
		w.printf(`<h3>%s</h3>`, html.EscapeString(a.Subtitle))
	}
	if names := a.names(); names != "" {
		w.printf(`<p>%s</p>`, html.EscapeString(names))
	}
	w.printf(`</header>`)
}

// body writes the text with its figures inside and returns the remaining figures.
func (w *writer) body(a *article, captions []string) []string {
	w.printf(`<div class=body style="display:contents">`)
	section := ""
	for i, p := range a.Paragraphs {
		if p.Section != section && p.Section != "" {
			w.printf(`<h4>%s</h4>`, html.EscapeString(p.Section))
		}
		section = p.Section
		if p.Kind == "table" {
			w.table(p.Text)
			continue
		}
		text := p.Text
		if i == len(a.Paragraphs)-1 {
			text += a.closing()
		}
		w.printf(`<p>%s</p>`, html.EscapeString(text))
		if len(captions) > 0 && w.random.IntN(3) == 0 {
			w.figures(captions[:1])
			captions = captions[1:]
		}
	}
	w.printf(`</div>`)
	return slices.Clip(captions)
}

func (w *writer) table(text string) {
	w.printf(`<table>`)
	for _, row := range w.sheet.table(text) {
		w.printf(`<tr><td>%s</td></tr>`, strings.Join(row, `</td><td>`))
	}
	w.printf(`</table>`)
}
