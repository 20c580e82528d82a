package pdf_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"xunwen/internal/source/page"
	"xunwen/internal/source/pdf"
)

var (
	update = flag.Bool("update", false, "write what is read into testdata/documents")
	keep   = flag.String("keep", "", "folder for the PDFs of testdata/documents")
)

// TestDocuments sets the documents in testdata/documents as PDFs and compares what is
// read from them, articles and what was left out, with what should be.
func TestDocuments(t *testing.T) {
	files, err := filepath.Glob("testdata/documents/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no documents: %v", err)
	}
	for _, name := range files {
		base := strings.TrimSuffix(filepath.Base(name), ".txtar")
		t.Run(base, func(t *testing.T) {
			a, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			data := typeset(string(a.Files[0].Data))
			if *keep != "" {
				if err := os.WriteFile(filepath.Join(*keep, base+".pdf"), data, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			got := describeReadings(readings(t, data, 1<<20))
			if *update {
				a.Files = []txtar.File{a.Files[0], {Name: "want", Data: []byte(got)}}
				if err := os.WriteFile(name, txtar.Format(a), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if want := string(a.Files[1].Data); got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}

// describeReadings shows each article of a file, and its furniture by page.
func describeReadings(all []pdf.Reading) string {
	var b, left strings.Builder
	for _, r := range all {
		if r.Err != nil {
			fmt.Fprintf(&b, "page %d: %v\n", r.Page, r.Err)
		}
		for _, a := range r.Result.Articles {
			f := r.Result.Furniture
			headline := strings.Trim(a.Kicker+" / "+a.Title+" / "+a.Subtitle, " /")
			fmt.Fprintf(&b, "# %s\nfile page %d; %s; %s; page %s; by %s\n", headline, r.Page,
				f.Publication, f.Date, f.Page, a.Byline)
			for _, p := range a.Paragraphs {
				fmt.Fprintf(&b, "%s [%s] %s\n", p.Kind, p.Section, p.Text)
			}
		}
		for i, block := range r.Result.Blocks {
			if block.Role == page.RoleFurniture || block.Role == page.RoleUnread {
				fmt.Fprintf(&left, "%s, page %d: %s\n", block.Role, r.Pages[i], block.Text)
			}
		}
	}
	return b.String() + left.String()
}

// TestWindows checks that documents are read alike in small windows of pages and as a
// whole.
func TestWindows(t *testing.T) {
	for _, name := range []string{"report", "gazette", "authors", "contents", "headline-without-text"} {
		t.Run(name, func(t *testing.T) {
			a, err := txtar.ParseFile("testdata/documents/" + name + ".txtar")
			if err != nil {
				t.Fatal(err)
			}
			data := typeset(string(a.Files[0].Data))
			want := describeReadings(readings(t, data, 1<<20))
			for _, window := range []int{200, 400, 700} {
				if got := describeReadings(readings(t, data, window)); got != want {
					t.Errorf("window %d: got\n%s\nwant\n%s", window, got, want)
				}
			}
		})
	}
}
