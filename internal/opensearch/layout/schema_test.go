package layout

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strings"
	"testing"

	"xunwen/internal/analyzer/analyzertest"
	"xunwen/internal/build/buildtest"
	"xunwen/internal/news"
)

// layouts are digests of the mapping and of some root documents, by the version of the schema.
var layouts = map[int]string{
	3: "a20c258cb3e9e214814f5a9f7a0d937e1d23250352a7db49c797df8a9d3a9858",
}

// Root documents of articles that did not change are taken over from the index that is served, so that those of one
// version of the schema must all be made in the same way.
func TestLayoutHasVersion(t *testing.T) {
	words := analyzertest.Open(t)
	items := buildtest.RoundUp("brief", strings.Repeat("欧盟27国18日在布鲁塞尔开会。", 5), strings.Repeat("F-16战机不会参加演习。", 5),
		strings.Repeat("央行：利率保持不变。", 5), strings.Repeat("全国粮食产量又创新高。", 5))
	items.Publication, items.Date, items.Page, items.Byline = "人民日报", "2024-03-12", "03", "记者 张和平"
	whole := buildtest.Text("whole", "卡尔·马克思的一生", "他生于1818年。", "二〇一八年是他诞辰200周年。")
	hash := sha256.New()
	encode := func(value any) {
		if err := json.NewEncoder(hash).Encode(value); err != nil {
			t.Fatal(err)
		}
	}
	encode([]any{mappings(), k1, b})
	for i, a := range []news.Article{items, whole} {
		roots, err := RootsOf(words, &Article{Article: a, Number: i, Group: "whole"})
		if err != nil {
			t.Fatal(err)
		}
		if want := []int{4, 1}[i]; len(roots) != want {
			t.Fatalf("%s has %d root documents, want %d", a.ID, len(roots), want)
		}
		encode(roots)
	}
	if got := hex.EncodeToString(hash.Sum(nil)); got != layouts[SchemaVersion] {
		t.Errorf("the layout of version %d changed: raise schemaVersion, and add its digest: %s", SchemaVersion, got)
	}
}
