package analyzer

import (
	"flag"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode"

	"xunwen/internal/textnorm"
)

// TestOpenCCTable checks what folding promises for every character of the
// program's own table.
func TestOpenCCTable(t *testing.T) {
	f, err := NewFolder()
	if err != nil {
		t.Fatal(err)
	}
	for in, want := range map[string]string{
		"臺灣海峽": "台湾海峡", "頭髮、發展": "头发、发展", "皇后在後面": "皇后在后面", "乾隆": "干隆", "瞭解": "了解", "薴": "苎",
		"著名": "着名", "衞生、衛生": "卫生、卫生", "答覆": "答复", "裏裡": "里里", "羣眾": "群众", "導彈砲": "导弹炮", "銭鍾書": "銭钟书",
		"計畫計劃": "计画计划", "煉鍊鏈": "炼炼链", "妳": "你", "大阪": "大阪", "藉口": "借口", "余馀餘": "余余余",
		"㔋𠗣": "𪟎㓆", "Ｃ９１９客機": "c919客机",
	} {
		if got := f.FoldString(in); got != want {
			t.Errorf("%s folds to %s, want %s", in, got, want)
		}
	}
	folded := 0
	for r := range unicode.MaxRune + 1 {
		if !textnorm.IsHan(r) {
			continue
		}
		once := f.FoldString(string(r))
		if once != string(r) {
			folded++
		}
		if twice := f.FoldString(once); twice != once {
			t.Errorf("%c folds to %s and then to %s", r, once, twice)
		}
	}
	if folded < 4000 { // OpenCC had 4,105 in 2025
		t.Errorf("only %d characters fold", folded)
	}
}

var update = flag.Bool("update", false, "write the tables of docs/normal-form.md")

// TestDocumentedClasses compares the classes in the docs with those in use. Whoever
// updates them has to look at each: readers must take its characters for one.
func TestDocumentedClasses(t *testing.T) {
	folder, name, err := dictionaries()
	if err != nil {
		t.Fatal(err)
	}
	files, err := readScript(folder, name)
	if err != nil {
		t.Fatal(err)
	}
	c := newVariantClasses()
	for _, f := range files {
		if err := c.read(f); err != nil {
			t.Fatal(err)
		}
	}
	c.table()
	own := map[rune]bool{}
	for _, r := range ownVariants {
		own[r] = true
	}
	var several, ours []string
	for _, class := range c.classes() {
		simplified := 0
		for _, r := range class {
			if level(r) < notInGB2312 {
				simplified++
			}
		}
		if simplified > 1 {
			several = append(several, string(class))
		}
		if slices.ContainsFunc(class, func(r rune) bool { return own[r] }) {
			ours = append(ours, string(class))
		}
	}
	const path = "../../docs/normal-form.md"
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	want := section(section(string(data), "classes", several), "own classes", ours)
	if *update {
		if err := os.WriteFile(path, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	} else if want != string(data) {
		t.Errorf("%s is not up to date: run the test with -update", path)
	}
}

// section returns a document with the words of one of its generated sections.
func section(doc, name string, words []string) string {
	start := strings.Index(doc, "<!-- "+name+":")
	start += strings.Index(doc[start:], "\n") + 1
	end := strings.Index(doc, "<!-- end of "+name+" -->")
	var out strings.Builder
	for line := range slices.Chunk(words, 12) {
		out.WriteString(strings.Join(line, " ") + "\n")
	}
	return doc[:start] + "\n" + out.String() + "\n" + doc[end:]
}
