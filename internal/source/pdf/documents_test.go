package pdf_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"xunwen/internal/source/page"
	"xunwen/internal/source/pdf"
)

var update = flag.Bool("update", false, "write what is read from testdata/documents")

// TestDocuments reads the files in testdata/documents, whose texts go on from page to
// page, and compares their articles and what was left out with the .txt of that name.
// To make the PDFs: python3 -c "import typst; typst.compile('x.typ', output='x.pdf')".
func TestDocuments(t *testing.T) {
	files, err := filepath.Glob("testdata/documents/*.pdf")
	if err != nil || len(files) == 0 {
		t.Fatalf("no documents: %v", err)
	}
	for _, name := range files {
		t.Run(filepath.Base(name), func(t *testing.T) {
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			got := readDocument(t, data)
			golden := strings.TrimSuffix(name, ".pdf") + ".txt"
			if *update {
				if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if got != string(want) {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}

// readDocument shows each article of a file, and its furniture by page.
func readDocument(t *testing.T, data []byte) string {
	t.Helper()
	doc, err := engine.Open(t.Context(), data)
	if err != nil {
		t.Fatal(err)
	}
	defer doc.Close()
	var b, left strings.Builder
	err = doc.Read(t.Context(), func(r pdf.Reading) error {
		if r.Err != nil {
			fmt.Fprintf(&b, "page %d: %v\n", r.Page, r.Err)
		}
		for _, a := range r.Result.Articles {
			f := r.Result.Furniture
			fmt.Fprintf(&b, "# %s\nfile page %d; %s; %s; page %s; by %s\n",
				a.Title, r.Page, f.Publication, f.Date, f.Page, a.Byline)
			for _, p := range a.Paragraphs {
				fmt.Fprintf(&b, "%s [%s] %s\n", p.Kind, p.Section, p.Text)
			}
		}
		for i, block := range r.Result.Blocks {
			if block.Role == page.RoleFurniture || block.Role == page.RoleUnread {
				fmt.Fprintf(&left, "%s, page %d: %s\n", block.Role, r.Pages[i], block.Text)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return b.String() + left.String()
}
