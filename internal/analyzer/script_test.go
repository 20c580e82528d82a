package analyzer

import (
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

// TestVariantClasses prints, with -v, the classes with several simplified characters,
// which have to be looked at when a table changes, and compares their number.
func TestVariantClasses(t *testing.T) {
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
	n := 0
	for _, class := range c.classes() {
		var simplified, others []rune
		for _, r := range class {
			if level(r) < notInGB2312 {
				simplified = append(simplified, r)
			} else {
				others = append(others, r)
			}
		}
		if len(simplified) > 1 {
			n++
			t.Logf("%s (%s)", string(simplified), string(others))
		}
	}
	if want := 28; n != want {
		t.Errorf("%d classes have several simplified characters, not %d: look at them", n, want)
	}
}
