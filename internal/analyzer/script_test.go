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
		"臺灣海峽": "台湾海峡", "頭髮、發展": "头发、发展", "皇后在後面": "皇后在后面", "乾隆": "干隆", "瞭解": "瞭解", "薴": "苎",
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
