package citation

import (
	"testing"
	"time"

	"xunwen/internal/news"
)

func TestCitations(t *testing.T) {
	day := time.Date(2026, 3, 9, 23, 0, 0, 0, time.UTC)
	const address = "https://news.example/articles/a"
	bridge := news.Article{Title: "青禾大桥通车", Publication: "临江日报", Date: "2025-09-18", Page: "1"}
	by := func(byline string) news.Article {
		a := bridge
		a.Byline = byline
		return a
	}
	for _, tc := range []struct {
		name          string
		article       news.Article
		print, online string // "" to leave it unlooked at
	}{
		{"one author", by("陆知夏"), "陆知夏. 青禾大桥通车[N]. 临江日报, 2025-09-18(1).",
			"陆知夏. 青禾大桥通车[N/OL]. 临江日报, 2025-09-18(1)[2026-03-09]. https://news.example/articles/a."},
		{"two by a space", by("陆知夏 沈亦舟"), "陆知夏, 沈亦舟. 青禾大桥通车[N]. 临江日报, 2025-09-18(1).", ""},
		{"four by commas", by("陆知夏、沈亦舟、何牧之、叶以宁"), "陆知夏, 沈亦舟, 何牧之, 等. 青禾大桥通车[N]. 临江日报, 2025-09-18(1).", ""},
		{"three are all named", by("陆知夏，沈亦舟；何牧之"), "陆知夏, 沈亦舟, 何牧之. 青禾大桥通车[N]. 临江日报, 2025-09-18(1).", ""},
		{"roles", by("本报记者 陆知夏 通讯员 沈亦舟"), "陆知夏, 沈亦舟. 青禾大桥通车[N]. 临江日报, 2025-09-18(1).", ""},
		{"roles close by", by("江讯社记者陆知夏"), "陆知夏. 青禾大桥通车[N]. 临江日报, 2025-09-18(1).", ""},
		{"a role with a colon", by("记者：陆知夏"), "陆知夏. 青禾大桥通车[N]. 临江日报, 2025-09-18(1).", ""},
		{"names spread to three characters", by("陆　夏 沈亦舟 何 牧"), "陆夏, 沈亦舟, 何牧. 青禾大桥通车[N]. 临江日报, 2025-09-18(1).", ""},
		{"none", bridge, "青禾大桥通车[N]. 临江日报, 2025-09-18(1).", ""},
		{"no page", news.Article{Title: "题", Publication: "试报", Date: "2024-01-02"}, "题[N]. 试报, 2024-01-02.", ""},
		{"no newspaper", news.Article{Title: "题", Date: "2024-01-02"},
			"题[N]. 2024-01-02.",
			"题[N/OL]. 2024-01-02[2026-03-09]. https://news.example/articles/a."},
		{"a title on two lines", news.Article{Title: "上\n下", Publication: "试报", Date: "2024-01-02", Page: "A03"},
			"上 下[N]. 试报, 2024-01-02(A03).",
			""},
		{"only a kicker", news.Article{Kicker: "引", Publication: "试报", Date: "2024-01-02"},
			"引[N]. 试报, 2024-01-02.",
			""},
		{"no heading at all",
			news.Article{Paragraphs: []news.Paragraph{{Text: " 渡口停航。"}}, Publication: "试报", Date: "2024-01-02"},
			"渡口停航。[N]. 试报, 2024-01-02.",
			""},
	} {
		r := New(tc.article, address, day)
		printed, online := r.GBT7714Print(), r.GBT7714()
		if printed != tc.print || tc.online != "" && online != tc.online {
			t.Errorf("%s: %s | %s, want %s | %s", tc.name, printed, online, tc.print, tc.online)
		}
	}
}
