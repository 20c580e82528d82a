package main

import (
	"fmt"
	"os"
	"os/exec"
	"strings"
)

const typstStyle = `#set text(font: "Noto Serif CJK SC", size: 9.5pt, lang: "zh")
#set par(justify: true, first-line-indent: (amount: 2em, all: true), leading: 0.6em, spacing: 0.6em)
#let centred(size, weight, t) = align(
  center,
  par(first-line-indent: 0pt, justify: false, text(size: size, weight: weight, t)),
)
#let kicker(t) = centred(12pt, "regular", t)
#let title(size, t) = centred(size, "bold", t)
#let sub(t) = centred(12pt, "regular", t)
#let names(t) = centred(9.5pt, "regular", t)
#let section(t) = block(
  sticky: true, width: 100%, above: 0.9em, below: 0.9em,
  align(center, text(font: "Noto Sans CJK SC", weight: "bold", t)),
)
#let photo(t) = block(breakable: false)[#rect(width: 100%, height: 3cm, fill: luma(220))
  #par(first-line-indent: 0pt, text(size: 8pt, t))]
`

// typst sets each sheet on a page of its own, as high as it needs to be.
func typst(sheets []sheet, path string) error {
	var pages strings.Builder
	pages.WriteString(typstStyle)
	for i := range sheets {
		height, err := fits(&sheets[i])
		if err != nil {
			return err
		}
		pages.WriteString(setSheet(&sheets[i], height))
	}
	_, err := compile(pages.String(), path)
	return err
}

// fits finds the least height, in centimetres, on which a sheet is one page.
func fits(s *sheet) (int, error) {
	low, high := 10, 120
	for low < high {
		middle := (low + high) / 2
		pages, err := compile(typstStyle+setSheet(s, middle), os.DevNull)
		if err != nil {
			return 0, err
		}
		if pages > 1 {
			low = middle + 1
		} else {
			high = middle
		}
	}
	return low, nil
}

// compile has Typst set the source and returns the number of pages.
func compile(source, path string) (pages int, err error) {
	const script = `import sys, typst
pages = typst.compile(sys.stdin.buffer.read(), format="svg")
print(len(pages) if isinstance(pages, list) else 1)
`
	const print = `import sys, typst
open(sys.argv[1], "wb").write(typst.compile(sys.stdin.buffer.read()))
print(0)
`
	program := script
	if path != os.DevNull {
		program = print
	}
	cmd := exec.Command("python3", "-c", program, path)
	cmd.Stdin = strings.NewReader(source)
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		return 0, fmt.Errorf("typst: %w\n%s", err, stderr.String())
	}
	_, err = fmt.Sscan(string(out), &pages)
	return pages, err
}

// setSheet writes a sheet in Typst's language: the first headline across the
// page, the others in their columns.
func setSheet(s *sheet, height int) string {
	var b strings.Builder
	columns := 4
	for i := range s.Articles {
		for _, p := range s.Articles[i].Paragraphs {
			if p.Kind == "table" {
				columns = 3 // its rows are wide
			}
		}
	}
	folio := ""
	if s.Page != "" {
		folio = "第" + quote(s.Page) + "版"
	}
	fmt.Fprintf(
		&b,
		"#set page(width: 26cm, height: %dcm, margin: 1.2cm, columns: %d, header-ascent: 0.2cm,\n"+
			"  header: text(size: 8pt)[%s　%s　%s #h(1fr) %s])\n#set columns(gutter: 0.6cm)\n",
		height,
		columns,
		quote(s.Publication),
		quote(s.PageName),
		quote(s.Date),
		folio,
	)
	for i := range s.Articles {
		a := &s.Articles[i]
		var head strings.Builder
		size := 15
		if i == 0 {
			size = 24
		}
		if a.Kicker != "" {
			fmt.Fprintf(&head, "#kicker[%s]\n", quote(a.Kicker))
		}
		fmt.Fprintf(&head, "#title(%dpt)[%s]\n", size, quote(a.Title))
		if a.Subtitle != "" {
			fmt.Fprintf(&head, "#sub[%s]\n", quote(a.Subtitle))
		}
		if names := a.names(); names != "" {
			fmt.Fprintf(&head, "#names[%s]\n", quote(names))
		}
		if i == 0 {
			fmt.Fprintf(&b, "#place(top, scope: \"parent\", float: true)[%s]\n", head.String())
		} else {
			fmt.Fprintf(
				&b,
				"#block(breakable: false, sticky: true, above: 1.6em, below: 1.2em, width: 100%%)[%s]\n",
				head.String(),
			)
		}
		setBody(&b, s, a, i)
	}
	return b.String()
}

func setBody(b *strings.Builder, s *sheet, a *article, i int) {
	section := ""
	for k, p := range a.Paragraphs {
		if p.Section != section && p.Section != "" {
			fmt.Fprintf(b, "#section[%s]\n", quote(p.Section))
		}
		section = p.Section
		text := p.Text
		if k == len(a.Paragraphs)-1 {
			text += a.closing()
		}
		if p.Kind == "table" {
			rows := s.table(p.Text)
			fmt.Fprintf(b, "#table(columns: %d, stroke: none, inset: 1pt, column-gutter: 2em,", len(rows[0]))
			for _, row := range rows {
				for n, cell := range row[:len(rows[0])] {
					if n == len(rows[0])-1 {
						cell = strings.Join(row[n:], " ")
					}
					fmt.Fprintf(b, "[#box[%s]],", quote(cell))
				}
			}
			b.WriteString(")\n\n")
			continue
		}
		b.WriteString(quote(text) + "\n\n")
		if k == 0 {
			for n, c := range s.Captions {
				if n%len(s.Articles) == i {
					fmt.Fprintf(b, "#photo[%s]\n", quote(c))
				}
			}
		}
	}
}

// quote makes text safe for Typst.
func quote(text string) string {
	var b strings.Builder
	for _, r := range text {
		if strings.ContainsRune("\\#$*_`<>@[]~/=+-.'\"", r) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}
