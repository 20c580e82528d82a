package source

import "testing"

func TestFromPath(t *testing.T) {
	tests := []struct{ path, publication, date, page string }{
		{"人民日报/2022/01/12/05.txt", "人民日报", "2022-01-12", "5"},
		{"/srv/人民日报/2022/1/12/p05.txt.gz", "人民日报", "2022-01-12", "5"},
		{"2022-01-12/p05.txt", "", "2022-01-12", "5"},
		{"rmrb_20220112_05.txt", "", "2022-01-12", "5"},
		{"人民日报/rmrb_20220112_05.txt", "人民日报", "2022-01-12", "5"},
		{"新华每日电讯/2022-01-12/p05.txt", "新华每日电讯", "2022-01-12", "5"},
		{"人民日报_2022-01-12_A05.txt", "人民日报", "2022-01-12", "A05"},
		{"人民日报/2022年/2022年1月12日/第5版.txt", "人民日报", "2022-01-12", "5"},
		{"人民日报2022年1月12日.txt", "人民日报", "2022-01-12", ""},
		{"人民日报/202201/12/page-11.txt.zst", "人民日报", "2022-01-12", "11"},
		{"old/2021-12-31/2022-01-12/5.txt", "", "2022-01-12", "5"},
		{"新闻/data/2022-01-12/p05.txt", "", "2022-01-12", "5"},
		{"人民日报/p05.txt", "", "", "5"},
		{"pages/012.txt", "", "", ""},
		{"2022-13-40/p05.txt", "", "", "5"},
		{"1234-01-12/a.txt", "", "", ""},
		{"20220112345/05.txt", "", "", ""},
		{"2022-01-12/00.txt", "", "2022-01-12", ""},
		{"map05.txt", "", "", ""},
		{"", "", "", ""},
	}
	for _, tt := range tests {
		if got, want := fromPath(tt.path), (issue{tt.publication, tt.date, tt.page}); got != want {
			t.Errorf("fromPath(%q) = %+v, want %+v", tt.path, got, want)
		}
	}
}

func FuzzFromPath(f *testing.F) {
	f.Add("人民日报/2022/01/12/05.txt")
	f.Add("2022年1月12日日日/第版")
	f.Fuzz(func(t *testing.T, path string) {
		fromPath(path) // must come back whatever a file is called
	})
}
