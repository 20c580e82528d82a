package pdf_test

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// typesetter sets documents from a description, to test the reader with. A Han character
// is as wide as the type size, other characters half of it. Each line of a description is
// a command:
//
//	page chars=28 rows=14 size=10.5 columns=1   the measure of pages; first of all
//	     draw=glyphs                            each character is drawn by itself
//	     map=none                               without a Unicode map
//	     dir=down                               in columns from right to left
//	     font=vertical                          the font does so itself
//	     font=missing                           the font is not in the file
//	head LEFT | RIGHT                           running head
//	foot TEXT                                   with # for the number of the page
//	h SIZE TEXT, c SIZE TEXT                    heading: at the left, or centred
//	p TEXT, f TEXT                              paragraph: with an indent, or flush; ^3^ is a raised mark
//	row CELL | CELL                             row of a table
//	note TEXT                                   footnote in small type
//	at X Y SIZE TEXT                            anywhere, in points from the top left
//	across X Y SIZE TEXT                        the same, horizontal on a page with dir=down
//	break, space                                next page; a blank line
type typesetter struct {
	chars, rows, columns                      int
	size                                      float64
	glyphs, unmapped, down, vertical, missing bool
	left, right, foot                         string
	pages                                     []*bytes.Buffer
	row                                       float64 // of the column, in distances of lines
	column                                    int
	notes                                     int
	codes                                     map[rune]int
	runes                                     []rune
}

const (
	margin  = 60.0
	leading = 1.6 // times the type size, from line to line
)

// typeset sets a description as a PDF.
func typeset(description string) []byte {
	t := &typesetter{chars: 28, rows: 14, columns: 1, size: 10.5, codes: map[rune]int{}}
	for l := range strings.Lines(description) {
		if command, rest, _ := strings.Cut(strings.TrimSpace(l), " "); command != "" {
			t.command(command, strings.TrimSpace(rest))
		}
	}
	return t.file()
}

func (t *typesetter) command(command, rest string) {
	switch command {
	case "page":
		t.measure(rest)
	case "head":
		t.left, t.right, _ = strings.Cut(rest, "|")
	case "foot":
		t.foot = rest
	case "h", "c":
		size, text, _ := strings.Cut(rest, " ")
		t.heading(number(size), text, command == "c")
	case "p", "f":
		t.paragraph(rest, command == "p")
	case "row":
		t.space(1)
		cells := strings.Split(rest, "|")
		for i, cell := range cells {
			t.draw(t.x()+float64(i*t.chars/len(cells))*t.size, t.y(), t.size, strings.TrimSpace(cell))
		}
	case "note":
		t.page()
		t.notes++
		t.draw(margin, t.bottom()+float64(t.notes)*0.8*leading*t.size, 0.8*t.size, rest)
	case "at":
		f := strings.SplitN(rest, " ", 4)
		t.page()
		t.draw(number(f[0]), number(f[1]), number(f[2]), f[3])
	case "across":
		down := t.down
		t.down = false
		t.command("at", rest)
		t.down = down
	case "break":
		t.row, t.column = 0, t.columns
	case "space":
		t.row++
	default:
		panic("unknown command " + command)
	}
}

func (t *typesetter) measure(settings string) {
	for _, s := range strings.Fields(settings) {
		name, value, _ := strings.Cut(s, "=")
		switch name {
		case "chars":
			t.chars = int(number(value))
		case "rows":
			t.rows = int(number(value))
		case "columns":
			t.columns = int(number(value))
		case "size":
			t.size = number(value)
		case "draw":
			t.glyphs = value == "glyphs"
		case "map":
			t.unmapped = value == "none"
		case "dir":
			t.down = value == "down"
		case "font":
			t.vertical, t.missing = value == "vertical", value == "missing"
		}
	}
}

func number(s string) float64 {
	n, err := strconv.ParseFloat(s, 64)
	if err != nil {
		panic(err)
	}
	return n
}

func (t *typesetter) x() float64      { return margin + float64(t.column)*(float64(t.chars)+2)*t.size }
func (t *typesetter) y() float64      { return margin + t.row*leading*t.size }
func (t *typesetter) bottom() float64 { return margin + float64(t.rows+1)*leading*t.size }
func (t *typesetter) width() float64 {
	return 2*margin + float64(t.columns*(t.chars+2)-2)*t.size
}

// space moves down by a height in lines, to the next column or page if the line doesn't fit.
func (t *typesetter) space(lines float64) {
	if t.row += lines; t.row > float64(t.rows) {
		t.row, t.column = lines, t.column+1
	}
	t.page()
}

// page begins a page if there is none or it is full.
func (t *typesetter) page() {
	if len(t.pages) > 0 && t.column < t.columns {
		return
	}
	t.column, t.notes = 0, 0
	t.pages = append(t.pages, &bytes.Buffer{})
	small := 0.8 * t.size
	t.draw(margin, margin-2*t.size, small, strings.TrimSpace(t.left))
	right := strings.TrimSpace(t.right)
	t.draw(t.width()-margin-wide(right)*small, margin-2*t.size, small, right)
	foot := strings.ReplaceAll(t.foot, "#", strconv.Itoa(len(t.pages)))
	t.draw((t.width()-wide(foot)*small)/2, t.bottom()+5*t.size, small, foot)
}

func (t *typesetter) heading(size float64, text string, centred bool) {
	if runes, fit := []rune(text), int(float64(t.chars)*t.size/size); len(runes) > fit && wide(text) > float64(fit) {
		t.heading(size, string(runes[:fit]), centred)
		t.heading(size, string(runes[fit:]), centred)
		return
	}
	height := 1.2*size/t.size + 0.4
	after := 1.0 // lines: names and text stay with their headline
	if size > 1.3*t.size {
		after = 4
	}
	if t.row+height+after > float64(t.rows) {
		t.row = float64(t.rows)
	}
	t.space(height)
	x := t.x()
	if centred {
		x += (float64(t.chars)*t.size - wide(text)*size) / 2
	}
	t.draw(x, t.y(), size, text)
	t.row += 0.4
}

// paragraph breaks a text into lines and draws them. No line begins with punctuation.
func (t *typesetter) paragraph(text string, indent bool) {
	room := float64(t.chars)
	x := 0.0
	if indent {
		x = 2
	}
	for text != "" {
		n, used := 0, x
		for n < len(text) {
			r, size := utf8.DecodeRuneInString(text[n:])
			if used += wide(string(r)); used > room && !strings.ContainsRune("，。、；：？！”》）^", r) {
				break
			}
			n += size
		}
		t.space(1)
		t.marked(t.x()+x*t.size, text[:n])
		text, x = text[n:], 0
	}
}

// marked draws a line with raised marks between ^ and ^.
func (t *typesetter) marked(x float64, text string) {
	for i, piece := range strings.Split(text, "^") {
		if i%2 == 1 {
			t.draw(x, t.y()-0.4*t.size, 0.6*t.size, piece)
			x += wide(piece) * 0.6 * t.size
			continue
		}
		t.draw(x, t.y(), t.size, piece)
		x += wide(piece) * t.size
	}
}

// wide is the width of a text in units of its size.
func wide(text string) float64 {
	w := 0.0
	for _, r := range text {
		if w += 0.5; r >= 0x2000 {
			w += 0.5
		}
	}
	return w
}

// draw draws text with its baseline at x and y, from the top left of the page.
func (t *typesetter) draw(x, y, size float64, text string) {
	if text == "" {
		return
	}
	pieces := []string{text}
	if t.glyphs || t.down && !t.vertical {
		pieces = strings.Split(text, "")
	}
	for _, piece := range pieces {
		left, top := x, y
		if t.down { // lines are columns, from right to left
			left, top = t.width()-y, x
			if t.vertical { // from the middle of the upper edge
				left, top = left+size/2, top-0.88*size
			}
		}
		fmt.Fprintf(t.pages[len(t.pages)-1], "BT /F %.2f Tf 1 0 0 1 %.2f %.2f Tm <%s> Tj ET\n",
			size, left, t.height()-top, t.codesOf(piece))
		x += wide(piece) * size
	}
}

func (t *typesetter) height() float64 {
	if t.down {
		return t.width()
	}
	return t.bottom() + 8*t.size
}

// codesOf returns the codes of a text in the font, in hexadecimal.
func (t *typesetter) codesOf(text string) string {
	var b strings.Builder
	for _, r := range text {
		if t.missing { // its codes are Unicode
			for _, unit := range utf16.Encode([]rune{r}) {
				fmt.Fprintf(&b, "%04x", unit)
			}
			continue
		}
		if t.codes[r] == 0 {
			t.runes = append(t.runes, r)
			t.codes[r] = len(t.runes)
		}
		fmt.Fprintf(&b, "%04x", t.codes[r])
	}
	return b.String()
}
