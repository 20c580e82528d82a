package textnorm

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode"
)

var update = flag.Bool("update", false, "write the tables of docs/normal-form.md")

// TestDocumentedSigns compares the tables in the docs with those in use.
func TestDocumentedSigns(t *testing.T) {
	var signs strings.Builder
	signs.WriteString("| kind | becomes | signs |\n|---|---|---|\n")
	for _, c := range signClasses {
		var members []string
		for _, r := range slices.Compact(slices.Sorted(slices.Values(c.signs()))) {
			if Folder.FoldString(Folder{}, string(r)) != string(c.To) {
				t.Errorf("%U does not fold to %c", r, c.To)
			}
			if unicode.IsPrint(r) && r != '|' {
				members = append(members, string(r))
			}
		}
		all := strings.ReplaceAll(strings.Join(members, " "), "`", "\\`")
		fmt.Fprintf(&signs, "| %s | `%c` | %s |\n", c.Name, c.To, all)
	}
	var list []string
	for r, to := range letters {
		list = append(list, fmt.Sprintf("%c %s", r, to))
	}
	slices.Sort(list)
	const path = "../../docs/normal-form.md"
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	want := section(section(string(data), "signs", signs.String()), "letters", lines(list))
	if *update {
		if err := os.WriteFile(path, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	} else if want != string(data) {
		t.Errorf("%s is not up to date: run the test with -update", path)
	}
}

// lines joins items of the same length, some to a line.
func lines(items []string) string {
	var out strings.Builder
	for line := range slices.Chunk(items, 16) {
		out.WriteString(strings.Join(line, ", ") + "\n")
	}
	return out.String()
}

// section returns a document with the text of one of its generated sections.
func section(doc, name, text string) string {
	start := strings.Index(doc, "<!-- "+name+":")
	start += strings.Index(doc[start:], "\n") + 1
	end := strings.Index(doc, "<!-- end of "+name+" -->")
	return doc[:start] + "\n" + text + "\n" + doc[end:]
}
