// Package hostiletest makes the files that somebody would write to stop a build: small ones that
// take hours or gigabytes to read.
package hostiletest

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"strings"
)

// Sheet is what a page of a PDF has.
type Sheet string

// The kinds of pages.
const (
	Plain  Sheet = "plain"  // a few words
	Slow   Sheet = "slow"   // hours of work in a few KB
	Heavy  Sheet = "heavy"  // more memory than a document may take
	Absent Sheet = "absent" // nothing, although the list of pages has it
)

// PDF returns a file with pages of these kinds.
func PDF(sheets ...Sheet) []byte {
	f := pdf{}
	f.object("<</Type/Catalog/Pages 2 0 R>>")
	var kids strings.Builder
	for i := range sheets {
		fmt.Fprintf(&kids, "%d 0 R ", firstPage+i)
	}
	f.object(fmt.Sprintf("<</Type/Pages/Kids[%s]/Count %d>>", kids.String(), len(sheets)))
	f.object("<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>")
	f.stream("", "BT /F 12 Tf 50 700 Td (A bridge was opened to traffic today.) Tj ET")
	f.stream("", strings.Repeat("/X Do ", 100_000))
	f.stream("/Type/XObject/Subtype/Form/BBox[0 0 600 800]", strings.Repeat("q Q ", 1_000_000))
	f.stream("", strings.Repeat("q ", 30_000_000))
	content := map[Sheet]int{Plain: 4, Slow: 5, Heavy: 7}
	for _, s := range sheets {
		if s == Absent {
			f.object("null")
			continue
		}
		f.object(fmt.Sprintf("<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents %d 0 R"+
			"/Resources<</Font<</F 3 0 R>>/XObject<</X 6 0 R>>>>>>", content[s]))
	}
	return f.end()
}

// firstPage is the number of the object that is the first page.
const firstPage = 8

// Cyclic returns a PDF of 200 bytes whose list of pages contains itself and claims a million.
func Cyclic() []byte {
	f := pdf{}
	f.object("<</Type/Catalog/Pages 2 0 R>>")
	f.object("<</Type/Pages/Kids[2 0 R 2 0 R]/Count 1000000>>")
	return f.end()
}

// pdf writes a file.
type pdf struct {
	out     bytes.Buffer
	offsets []int
}

func (f *pdf) object(text string) {
	if f.out.Len() == 0 {
		f.out.WriteString("%PDF-1.7\n")
	}
	f.offsets = append(f.offsets, f.out.Len())
	fmt.Fprintf(&f.out, "%d 0 obj\n%s\nendobj\n", len(f.offsets), text)
}

func (f *pdf) stream(members, content string) {
	var packed bytes.Buffer
	w := zlib.NewWriter(&packed)
	_, _ = w.Write([]byte(content)) // a buffer takes all
	_ = w.Close()
	f.object(fmt.Sprintf("<<%s/Filter/FlateDecode/Length %d>>\nstream\n%s\nendstream",
		members, packed.Len(), packed.String()))
}

func (f *pdf) end() []byte {
	table := f.out.Len()
	fmt.Fprintf(&f.out, "xref\n0 %d\n0000000000 65535 f \n", len(f.offsets)+1)
	for _, offset := range f.offsets {
		fmt.Fprintf(&f.out, "%010d 00000 n \n", offset)
	}
	fmt.Fprintf(&f.out, "trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(f.offsets)+1, table)
	return f.out.Bytes()
}
