package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"xunwen/internal/cli"
)

// summary is the output of build --json.
type summary struct {
	Generation    string  `json:"generation"`
	Articles      int     `json:"articles"`
	Paragraphs    int     `json:"paragraphs"`
	Rejected      int     `json:"rejected"`
	LowConfidence int     `json:"low_confidence"`
	Formats       missing `json:"formats"`
	Replaced      int     `json:"replaced"`
	Removed       int     `json:"removed"`
	Seconds       float64 `json:"seconds"`
	MBPerSecond   float64 `json:"mb_per_second"`
	TextBytes     int64   `json:"text_bytes"`
	IndexBytes    int64   `json:"index_bytes"`
	IndexPerText  float64 `json:"index_per_text"`
}

func decode[T any](t *testing.T, text string) T {
	t.Helper()
	var v T
	d := json.NewDecoder(strings.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(&v); err != nil {
		t.Fatalf("%v in %q", err, text)
	}
	return v
}

// TestLowConfidenceIsListed checks that files with low confidence are listed once, by their least
// certain article: a page by its path, a record by the file that it names.
func TestLowConfidenceIsListed(t *testing.T) {
	unsure := func(id, confidence string) string {
		return `{"id":"` + id + `","title":"渡口","confidence":` + confidence + "}\n"
	}
	files := map[string]string{
		"a.jsonl": unsure("a", "0.4") + unsure("b", "0.9") + unsure("c", "0.2"),
		"b.jsonl": unsure("d", "0.9"),
		"c.jsonl": unsure("e", "0.45") + strings.Replace(unsure("f", "0.3"), "{", `{"file":"x/p01.txt",`, 1),
		// one paragraph without a headline
		"d/2024/p02.txt": "渡口昨天重新开放，两岸的居民又可\n以乘船上班。\n",
	}
	got := command(t, files, "", "build", "--out", "ix", "--json", "--report", "report.jsonl", "a.jsonl", "b.jsonl",
		"c.jsonl", "d")
	if s := decode[summary](t, got.out); s.LowConfidence != 4 {
		t.Errorf("%d files have low confidence, want 4", s.LowConfidence)
	}
	for _, want := range []string{`"file":"a.jsonl","confidence":0.2,`, `"file":"c.jsonl","confidence":0.45,`} {
		if !strings.Contains(got.err, want) {
			t.Errorf("stderr lacks %q:\n%s", want, got.err)
		}
	}
	got = again(t, nil, "", "build", "--out", "ix2", "a.jsonl", "b.jsonl", "c.jsonl", "d")
	for _, want := range []string{"\na.jsonl: read with a confidence of 0.20",
		"\nc.jsonl: read with a confidence of 0.45", "\nx/p01.txt: read with", "\nd/2024/p02.txt: read with"} {
		if !strings.Contains(got.err, want) {
			t.Errorf("stderr lacks %q:\n%s", want, got.err)
		}
	}
	report, err := os.ReadFile("report.jsonl")
	if err != nil ||
		!strings.HasPrefix(string(report),
			`{"file":"a.jsonl","confidence":0.2}`+"\n"+`{"file":"c.jsonl","confidence":0.45}`+"\n") {
		t.Errorf("report (%v):\n%s", err, report)
	}
}

func TestBuildListVerify(t *testing.T) {
	files := map[string]string{"a.jsonl": recordA + recordB + recordA + "{\n"}
	got := command(t, files, "", "build", "--out", "ix", "--json", "--report", "report.jsonl", "a.jsonl")
	if got.code != cli.ExitDone ||
		!strings.Contains(got.err, `"file":"a.jsonl","line":4,"reason":"the record is incomplete`) {
		t.Fatalf("exit code %d, stderr:\n%s", got.code, got.err)
	}
	s := decode[summary](t, got.out)
	if s.Articles != 2 || s.Paragraphs != 2 || s.Rejected != 1 || s.Replaced != 1 || s.TextBytes == 0 ||
		s.IndexBytes == 0 || s.IndexPerText == 0 {
		t.Errorf("summary %+v", s)
	}
	report, err := os.ReadFile("report.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(string(report)), "\n")
	if len(lines) != 2 || !strings.HasPrefix(lines[0], `{"file":"a.jsonl","line":4,"reason":`) ||
		!reflect.DeepEqual(decode[summary](t, lines[1]), s) {
		t.Errorf("report:\n%s", report)
	}

	if got = again(t, nil, "", "build", "--out", "ix", "a.jsonl"); got.code != cli.ExitDone ||
		!strings.Contains(got.out, "MB/s") {
		t.Fatalf("a second build: %+v", got)
	}
	type generation struct {
		Name    string
		Current bool
	}
	got = again(t, nil, "", "list", "--index", "ix", "--json")
	var list []generation
	if err := json.Unmarshal([]byte(got.out), &list); err != nil || len(list) != 2 || !list[0].Current ||
		list[1].Current || list[1].Name != s.Generation {
		t.Errorf("list --json: %v, %s", err, got.out)
	}
	if got = again(t, nil, "", "list", "--index", "ix"); !strings.Contains(got.out, "*  "+list[0].Name) {
		t.Errorf("list:\n%s", got.out)
	}
	for _, args := range [][]string{{"verify", "--index", "ix"}, {"verify", "--deep", "--index", "ix"}} {
		if got = again(t, nil, "", args...); got.code != cli.ExitDone ||
			!strings.Contains(got.out, "checked 2 generations") {
			t.Errorf("%v: %+v", args, got)
		}
	}
	damageOneFile(t, filepath.Join("ix", s.Generation))
	if got = again(t, nil, "", "verify", "--index", "ix"); got.code != cli.ExitFailed ||
		!strings.Contains(got.out, s.Generation+"/") {
		t.Errorf("verify after damage: %+v", got)
	}
	got = again(t, nil, "", "verify", "--index", "ix", "--json")
	damaged := struct {
		Damage []struct{ Generation, File, Reason string }
	}{}
	if err := json.Unmarshal([]byte(got.out), &damaged); err != nil || len(damaged.Damage) != 1 ||
		got.code != cli.ExitFailed {
		t.Errorf("verify --json after damage: %v, %+v", err, got)
	}
}

// damageOneFile changes the last byte of the largest file of a generation.
func damageOneFile(t *testing.T, dir string) {
	t.Helper()
	var largest string
	var size int64
	err := filepath.Walk(dir, func(path string, info os.FileInfo, err error) error {
		if err == nil && info.Mode().IsRegular() && info.Size() > size {
			largest, size = path, info.Size()
		}
		return err
	})
	if err != nil || largest == "" {
		t.Fatalf("no file in %s: %v", dir, err)
	}
	b, err := os.ReadFile(largest)
	if err != nil {
		t.Fatal(err)
	}
	b[len(b)-1] ^= 1
	if err := os.WriteFile(largest, b, 0o644); err != nil {
		t.Fatal(err)
	}
}

func TestBuildPublishesNothing(t *testing.T) {
	for _, tt := range []struct {
		name  string
		files map[string]string
		args  []string
		want  []string
	}{
		{"strict", map[string]string{"a.jsonl": recordB + "{\n" + unknown}, []string{"--strict", "a.jsonl"},
			[]string{"a.jsonl:2: ", "a.jsonl:3: ", "2 inputs rejected: --strict publishes nothing"}},
		{"an empty folder", map[string]string{"d/.keep": ""}, []string{"d"}, []string{"d: no file to read"}},
		{"nothing but rejects", map[string]string{"a.jsonl": unknown}, []string{"a.jsonl"},
			[]string{"nothing was published: no article was read", "1 input rejected"}},
		{"no record", map[string]string{"a.jsonl": "\n"}, []string{"a.jsonl"},
			[]string{"nothing was published: no article was read"}},
		{"bad synonyms", map[string]string{"a.jsonl": recordB, "syn.txt": "北大\n北大 =>\n"},
			[]string{"--synonyms", "syn.txt", "a.jsonl"},
			[]string{"syn.txt:1: only one word", "syn.txt:2: a word is missing"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := command(t, map[string]string{"first.jsonl": recordA}, "", "build", "--out", "ix",
				"first.jsonl"); got.code != cli.ExitDone {
				t.Fatalf("the first build: %+v", got)
			}
			before := snapshot(t)
			got := again(t, tt.files, "", append([]string{"build", "--out", "ix"}, tt.args...)...)
			if got.code != cli.ExitFailed || got.out != "" {
				t.Errorf("exit code %d, stdout %q; want %d and nothing", got.code, got.out, cli.ExitFailed)
			}
			for _, want := range tt.want {
				if !strings.Contains(got.err, want) {
					t.Errorf("stderr lacks %q:\n%s", want, got.err)
				}
			}
			if after := snapshot(t); !slices.Equal(before, after) {
				t.Errorf("the index changed: %v, was %v", after, before)
			}
		})
	}
}

// snapshot returns the published state: the names in the index folder and CURRENT.
func snapshot(t *testing.T) []string {
	t.Helper()
	current, err := os.ReadFile("ix/CURRENT")
	if err != nil {
		t.Fatal(err)
	}
	names := []string{string(current)}
	entries, err := os.ReadDir("ix")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

// This test uses the program's own dictionaries.
func TestBuildTakesWhatParseGives(t *testing.T) {
	parsed := command(t, map[string]string{"a.jsonl": recordA + recordB}, "", "parse", "a.jsonl")
	t.Setenv("XUNWEN_OUT", "ix")
	t.Setenv("XUNWEN_JSON", "true")
	got := runIn(t, nil, nil, parsed.out, "build", "-")
	if got.code != cli.ExitDone {
		t.Fatalf("build: %+v", got)
	}
	if s := decode[summary](t, got.out); s.Articles != 2 || s.Rejected != 0 {
		t.Errorf("summary %+v", s)
	}
}

func TestAnalyze(t *testing.T) {
	built := command(t, map[string]string{"a.jsonl": recordA, "words.txt": "里亚布科夫\n", "syn.txt": "俄羅斯 => 俄联邦\n"}, "",
		"build", "--out", "ix", "--user-dict", "words.txt", "--synonyms", "builtin",
		"--synonyms", "syn.txt", "a.jsonl")
	if built.code != cli.ExitDone {
		t.Fatalf("build: %+v", built)
	}
	plain := again(t, nil, "", "analyze", "俄罗斯副外长里亚布科夫", "Ｃ919")
	for _, want := range []string{"words    0     3   俄罗斯\n", "grams    6     8   里亚\n", "grams    11    15  c919\n"} {
		if plain.code != cli.ExitDone || !strings.Contains(plain.out, want) {
			t.Errorf("no line %q in\n%s", want, plain.out)
		}
	}
	if signs := again(t, nil, "", "analyze", "歼-20"); !strings.Contains(signs.out, "joint    0     4   歼20\n") {
		t.Errorf("no joint gram across a sign in\n%s", signs.out)
	}
	if strings.Contains(plain.out, "  里亚布科夫\n") {
		t.Errorf("the name is one word for dictionaries that don't know it:\n%s", plain.out)
	}
	if own := again(t, nil, "", "analyze", "--index", "ix", "俄罗斯副外长里亚布科夫"); !strings.Contains(own.out,
		"words    6     11  里亚布科夫\n") {
		t.Errorf("the index's own dictionary isn't used:\n%s", own.out)
	}
	own := again(t, nil, "", "analyze", "--index", "ix", "俄羅斯外長談北約第3次擴張")
	for _, want := range []string{"folded: 俄罗斯外长谈北约第3次扩张\n", "synonym  0     3   俄联邦\n",
		"synonym  6     8   北大西洋公约组织\n", "numeral  8     11  第三次\n"} {
		if !strings.Contains(own.out, want) {
			t.Errorf("no line %q in\n%s", want, own.out)
		}
	}
	if none := again(t, nil, "", "analyze", "--index", "nosuch", "北约"); none.code != cli.ExitFailed || none.out != "" {
		t.Errorf("an index that isn't there: %+v", none)
	}
}

func TestNoSuchIndex(t *testing.T) {
	for _, name := range []string{"verify", "list"} {
		if got := command(t, nil, "", name, "--index", "nosuch"); got.code != cli.ExitFailed ||
			!strings.Contains(got.err, "nosuch") {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

// TestSegmentersBuildTheSame: an index does not tell by which segmenter it was built.
func TestSegmentersBuildTheSame(t *testing.T) {
	files := map[string]string{"a.jsonl": recordA + recordB}
	var built []summary
	for _, name := range []string{"builtin", "gojieba"} {
		got := command(t, files, "", "build", "--out", name, "--json", "--segmenter", name, "a.jsonl")
		if got.code != 0 {
			t.Fatalf("%s: exit code %d: %s", name, got.code, got.err)
		}
		s := decode[summary](t, got.out)
		s.Generation, s.Seconds, s.MBPerSecond = "", 0, 0
		built = append(built, s)
		if got := again(t, nil, "", "verify", "--deep", "--index", name); got.code != 0 {
			t.Errorf("%s: %s", name, got.err)
		}
	}
	if !reflect.DeepEqual(built[0], built[1]) {
		t.Errorf("builtin %+v, gojieba %+v", built[0], built[1])
	}
}
