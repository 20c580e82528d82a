package pdf_test

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"strings"
	"unicode/utf16"
)

// file is the PDF of the pages. Its font draws each character as a box.
func (t *typesetter) file() []byte {
	var b bytes.Buffer
	var kids strings.Builder
	b.WriteString("%PDF-1.5\n")
	object := func(n int, format string, args ...any) {
		fmt.Fprintf(&b, "%d 0 obj\n"+format+"\nendobj\n", append([]any{n}, args...)...)
	}
	const first = 8 // number of the first page
	for i, page := range t.pages {
		fmt.Fprintf(&kids, "%d 0 R ", first+2*i)
		object(first+2*i, "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %.2f %.2f] /Contents %d 0 R "+
			"/Resources << /Font << /F 3 0 R >> >> >>", t.width(), t.height(), first+2*i+1)
		object(first+2*i+1, "<< /Length %d >> stream\n%sendstream", page.Len(), page)
	}
	object(1, "<< /Type /Catalog /Pages 2 0 R >>")
	object(2, "<< /Type /Pages /Count %d /Kids [%s] >>", len(t.pages), kids.String())
	if t.missing {
		object(3, "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light-UniGB-UTF16-H /Encoding /UniGB-UTF16-H "+
			"/DescendantFonts [<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 /W [1 [500]] "+
			"/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> /FontDescriptor << "+
			"/Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] /ItalicAngle 0 "+
			"/Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >> >>] >>")
		fmt.Fprintf(&b, "trailer << /Root 1 0 R /Size %d >>\n%%%%EOF\n", first+2*len(t.pages))
		return b.Bytes()
	}
	unicodes := "/ToUnicode 6 0 R "
	if t.unmapped {
		unicodes = ""
	}
	encoding := "/Identity-H"
	if t.vertical {
		encoding = "/Identity-V"
	}
	object(3, "<< /Type /Font /Subtype /Type0 /BaseFont /Boxes /Encoding %s %s/DescendantFonts [4 0 R] >>",
		encoding, unicodes)
	object(4, "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Boxes /FontDescriptor 5 0 R /DW 1000 /W [%s] "+
		"/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /CIDToGIDMap /Identity >>", t.widths())
	object(5, "<< /Type /FontDescriptor /FontName /Boxes /Flags 4 /FontBBox [0 -120 1000 880] /ItalicAngle 0 "+
		"/Ascent 880 /Descent -120 /CapHeight 700 /StemV 80 /FontFile2 7 0 R >>")
	object(6, "<< /Length %d >> stream\n%s\nendstream", len(t.unicodes()), t.unicodes())
	font := boxes(len(t.runes) + 1)
	object(7, "<< /Length %d /Length1 %d >> stream\n%s\nendstream", len(font), len(font), font)
	fmt.Fprintf(&b, "trailer << /Root 1 0 R /Size %d >>\n%%%%EOF\n", first+2*len(t.pages))
	return b.Bytes()
}

func (t *typesetter) widths() string {
	var b strings.Builder
	for i, r := range t.runes {
		fmt.Fprintf(&b, "%d [%.0f] ", i+1, 1000*wide(string(r)))
	}
	return b.String()
}

// unicodes is the map from codes to characters.
func (t *typesetter) unicodes() string {
	var b strings.Builder
	b.WriteString("/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /U def /CMapType 2 def\n" +
		"1 begincodespacerange <0000> <ffff> endcodespacerange\n")
	for i, r := range t.runes {
		fmt.Fprintf(&b, "1 beginbfchar <%04x> <", i+1)
		for _, unit := range utf16.Encode([]rune{r}) {
			fmt.Fprintf(&b, "%04x", unit)
		}
		b.WriteString("> endbfchar\n")
	}
	b.WriteString("endcmap end end")
	return b.String()
}

// boxes is a TrueType font of n glyphs, each a box.
func boxes(n int) []byte {
	be := binary.BigEndian
	words := func(values ...int) []byte {
		var out []byte
		for _, v := range values {
			out = be.AppendUint16(out, uint16(v))
		}
		return out
	}
	box := append(words(1, 50, -70, 950, 830, 3, 0), 1, 1, 1, 1) // one contour of four points on the curve
	box = append(box, words(50, 900, 0, -900, -70, 0, 900, 0)...)
	var glyf, loca, hmtx []byte
	for range n {
		loca = append(loca, words(len(glyf)/2)...)
		glyf = append(glyf, box...)
		hmtx = append(hmtx, words(1000, 50)...)
	}
	loca = append(loca, words(len(glyf)/2)...)
	head := words(1, 0, 1, 0, 0, 0, 0x5f0f, 0x3cf5, 0, 1000, 0, 0, 0, 0, 0, 0, 0, 0, 0, -120, 1000, 880, 0, 8, 2, 0, 0)
	hhea := words(1, 0, 880, -120, 0, 1000, 0, 0, 1000, 1, 0, 0, 0, 0, 0, 0, 0, n)
	maxp := words(1, 0, n, 4, 1, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0)
	tables := []struct {
		name string
		data []byte
	}{{"glyf", glyf}, {"head", head}, {"hhea", hhea}, {"hmtx", hmtx}, {"loca", loca}, {"maxp", maxp}}
	out := words(1, 0, len(tables), 64, 2, 32)
	at := len(out) + 16*len(tables)
	for _, t := range tables {
		out = append(out, t.name...)
		out = be.AppendUint32(out, 0)
		out = be.AppendUint32(out, uint32(at))
		out = be.AppendUint32(out, uint32(len(t.data)))
		at += (len(t.data) + 3) &^ 3
	}
	for _, t := range tables {
		out = append(out, t.data...)
		out = append(out, make([]byte, -len(t.data)&3)...)
	}
	return out
}
