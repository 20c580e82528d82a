package textnorm

import (
	"math/rand/v2"
	"strings"
	"testing"
)

// same are texts that fold alike, and blank ones that may be anywhere.
var same = [][]string{
	{"北约", "北約", "北 约", "北\u200B約", "北\uFE00\u3000约", "北\n约"},
	{"2022年", "２０２２ 年", "2022\u00A0年", "20\u200D22年"},
	{"“", "\"", "「", "『", "‘", "＂", "〝", "´"},
	{"·", "•", "・", "‧", "∙", "●", "･"},
	{"-", "–", "—", "——", "―", "－", "~", "～", "- ‐"},
	{"…", "……", "...", "。。。。", "⋯⋯", ". . .", "·•·"},
	{":", "：", "∶", "︓"},
	{"门窗", "⻔窗", "門窗"},
	{"工人", "⼯⼈", "⼯ 人"},
	{"c919", "C919", "Ｃ９１９", "ｃ９₁⑨"},
	{"new york", "New  York", "ＮＥＷ　ＹＯＲＫ", "new\u200B\tyo\u00ADrk"},
	{"café", "CAFE", "cafe\u0301"},
	{"100m2", "100㎡", "１００m²"},
	{",", "，", ", "},
	{"《", " 《 "},
}

// TestRewrittenTextsFoldAlike rewrites random texts by random members of their
// classes.
func TestRewrittenTextsFoldAlike(t *testing.T) {
	folder, err := NewFolder(map[rune]rune{'約': '约', '門': '门'})
	if err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(4, 2))
	for range 20_000 {
		var a, b strings.Builder
		for range 1 + r.IntN(8) {
			class := same[r.IntN(len(same))]
			a.WriteString(class[r.IntN(len(class))] + "的")
			b.WriteString(class[r.IntN(len(class))] + " 的")
		}
		if x, y := folder.FoldString(a.String()), folder.FoldString(b.String()); x != y {
			t.Fatalf("%q folds to %q, %q to %q", a.String(), x, b.String(), y)
		}
	}
}

// TestClassesDiffer checks that no two classes are one.
func TestClassesDiffer(t *testing.T) {
	folder := testFolder(t)
	seen := map[string]string{}
	for _, class := range same {
		folded := folder.FoldString("的" + class[0] + "的")
		if other, ok := seen[folded]; ok {
			t.Errorf("%q and %q fold to %q", class[0], other, folded)
		}
		seen[folded] = class[0]
	}
}
