package jsonl_test

import (
	"encoding/json"
	"fmt"
	"runtime"
	"strings"
	"testing"
	"testing/iotest"

	"xunwen/internal/source/field"
	"xunwen/internal/source/hantest"
	"xunwen/internal/source/jsonl"
)

// records lists what is read, one line each.
func records(all field.Records) string {
	var out []string
	for r, err := range all {
		if err != nil {
			out = append(out, err.Error())
			continue
		}
		if r.Article == nil {
			out = append(out, "-"+strings.Join(r.Left, ","))
			continue
		}
		line := fmt.Sprintf("%d %s", r.Line, r.Article.Title)
		if r.Article.Publication != "" {
			line += " 《" + r.Article.Publication + "》"
		}
		if r.Article.Date != "" {
			line += " " + r.Article.Date
		}
		for _, p := range r.Article.Paragraphs {
			line += "|" + p.Text
		}
		if len(r.Left) > 0 {
			line += " -" + strings.Join(r.Left, ",")
		}
		out = append(out, line)
	}
	return strings.Join(out, "\n")
}

// TestDeepObjects reads objects in objects, thousands deep, with long names: their names grow with
// each, but what they take doesn't.
func TestDeepObjects(t *testing.T) {
	const depth = 2000
	name := strings.Repeat("a", 1000)
	object := `{"title":"甲",` + strings.Repeat(`"`+name+`":{`, depth) + `"x":"一"` + strings.Repeat("}", depth) + "}"
	for kind, read := range map[string]func() string{
		"line": func() string {
			return records(jsonl.NewReader(strings.NewReader(object), field.Reader{Lenient: true}).All())
		},
		"document": func() string {
			return records(jsonl.Documents(strings.NewReader("["+object+"]"), field.Reader{Lenient: true}))
		},
	} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		got := read()
		runtime.ReadMemStats(&after)
		const times = 100
		if took := after.TotalAlloc - before.TotalAlloc; took > times*uint64(len(object)) {
			t.Errorf("%s: %d bytes for %d", kind, took, len(object))
		}
		if !strings.HasPrefix(got, "1 ") && !strings.Contains(got, "no text") {
			t.Errorf("%s: %.200s", kind, got)
		}
	}
}

func TestDocuments(t *testing.T) {
	for _, tt := range []struct{ name, in, want string }{
		{"an array", `[{"title":"甲","text":"一"},` + "\n" + `{"title":"乙"}]`, "1 甲|一\n2 乙"},
		{"pretty-printed", "[\n  {\n    \"title\": \"甲\",\n    \"content\": \"一\\n二\"\n  },\n  {\n    \"标题\": \"乙\"\n  }\n]",
			"2 甲|一|二\n6 乙"},
		{"objects one after another", "{\n\"title\":\"甲\"\n}\n{\n\"title\":\"乙\"\n}\n", "1 甲\n4 乙"},
		{"wrapped", `{"code":0,"msg":"ok","data":[{"title":"甲"},{"title":"乙"}]}`, "1 甲\n1 乙"},
		{"wrapped twice", `{"code":0,"data":{"total":2,"list":[{"title":"甲"},{"title":"乙"}]}}`, "1 甲\n1 乙"},
		{"an issue", `{"date":"2024-03-05","articles":[{"title":"甲"},{"title":"乙","date":"2024-03-06"}]}`,
			"1 甲 2024-03-05\n1 乙 2024-03-06"},
		{"issues", `[{"date":"2024-03-05","list":[{"title":"甲"}]},{"date":"2024-03-06","list":[{"title":"乙"}]}]`,
			"1 甲 2024-03-05\n1 乙 2024-03-06"},
		{"what is around records", `{"msg":"ok","编者按":"按","total":1,"date":"2024-03-05","list":[{"title":"甲"}]}`,
			"1 甲 2024-03-05\n-编者按"},
		{"JSON Feed", `{"version":"https://jsonfeed.org/version/1.1","title":"柳河新闻","items":[{"title":"甲","content_text":"一"}]}`,
			"1 甲 《柳河新闻》|一"},
		{"by days", `{"2024-03-05":[{"title":"甲"}],"2024-03-06":[{"title":"乙"}]}`, "1 甲 2024-03-05\n1 乙 2024-03-06"},
		{"by days and pages", `{"2024-03-05":{"A1":[{"title":"甲"}],"A2":[{"title":"乙"}]}}`,
			"1 甲 2024-03-05\n1 乙 2024-03-05"},
		{"parts of a text", `[{"title":"甲","content":[{"type":"text","text":"一"},{"type":"img","src":"x"},` +
			`{"type":"text","text":"二","caption":"图"}],"date":"2024-03-05"}]`, "1 甲 2024-03-05|一|二|图"},
		{"records called content", `{"content":[{"title":"甲","content":"一"},{"title":"乙"}],"last":true}`, "1 甲|一\n1 乙"},
		{"paragraphs in an object", `[{"title":"甲","body":{"paragraphs":["一","二"]}}]`, "1 甲|一|二"},
		{"a wrong paragraph", `[{"title":"甲","paragraphs":[{"text":"一","style":"b"}]},` + "\n" + `{"title":"乙"}]`,
			"line 1: unknown member \"paragraphs/0/style\": correct its name or pass --lenient\n2 乙"},
		{"by keys", `{"a1":{"title":"甲","content":"一"},"a2":{"title":"乙","content":"二"}}`, "1 甲|一\n1 乙|二"},
		{"a record with an object", `{"url":"x","article":{"title":"甲","content":"一"}}`, "1 甲|一"},
		{"a list of people", `[{"title":"甲","content":"一","author":[{"name":"周舟","title":"记者"}]}]`,
			"1 甲|一 -author.title"},
		{"a record with lists of objects",
			`{"title":"甲","content":"一","comments":[{"content":"好"}],"authors":[{"name":"周舟"}]}`, "1 甲|一 -comments"},
		{"unknown names", `{"list":[{"biaoti":"新桥通车","nr":"柳河新桥昨天正式通车，附近居民出行更加方便。"}]}`,
			"line 1: unknown members \"biaoti\", \"nr\": pass --map title=biaoti,text=nr to read what they seem to hold"},
		{"no records", `[1,"甲",null,[{"title":"乙"}]]`, "line 1: not a record: want an object\n" +
			"line 1: not a record: want an object\nline 1: not a record: want an object\n1 乙"},
		{"rows of values", "[[\"甲\",\"一\"],\n[\"乙\",\"二\"]]",
			"line 1: a list of values instead of an object: name them, or write CSV\n" +
				"line 2: a list of values instead of an object: name them, or write CSV"},
		{"incomplete", "[\n{\"title\":\"甲\"},\n{\"title\":\"乙\"", "2 甲\n" +
			"line 3: the JSON ends within a record or a list: the file is incomplete; what is before was read"},
		{"not JSON", "[\n{\"title\":\"甲\"},\n{'title':\"乙\"}]", "2 甲\nline 3: not JSON: " +
			"invalid character '\\'' at start of value; what is before was read, nothing after it"},
		{"control characters", "[{\"title\":\"甲\x00乙\tb\",\"text\":\"一\n二\"}]", "1 甲 乙 b|一 二"},
		{"nothing", " \n", ""},
		{"an empty list", `{"data":[]}`, "1 "},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := records(jsonl.Documents(strings.NewReader(tt.in), field.Reader{})); got != tt.want {
				t.Errorf("got\n%s\nwant\n%s", got, tt.want)
			}
			slow := iotest.OneByteReader(strings.NewReader(tt.in))
			if got := records(jsonl.Documents(slow, field.Reader{})); got != tt.want {
				t.Errorf("byte by byte: got\n%s\nwant\n%s", got, tt.want)
			}
		})
	}
}

func TestDocumentReadError(t *testing.T) {

	in := iotest.TimeoutReader(strings.NewReader(`[{"title":"甲"}` + strings.Repeat(" ", 1<<20)))

	got := records(jsonl.Documents(in, field.Reader{}))
	if !strings.Contains(got, "甲") || !strings.Contains(got, "timeout") {
		t.Errorf("got %s", got)
	}
}

// FuzzDocuments checks that nothing panics, and that no Han character of a value is lost.
func FuzzDocuments(f *testing.F) {
	f.Add(`[{"title":"甲","text":"一\n二","date":"2022-01-12"}]`)
	f.Add(`{"data":{"list":[{"paragraphs":[{"section":"","kind":"table","text":"表"}],"x":1}]}}`)
	f.Add(`{"编者按":"按","2024-03-05":{"A1":[{"title":"甲","author":[{"name":"周舟","bio":"记者"}]}]}}`)
	f.Add(`[{"title":"甲","content":[{"type":"text","text":"一"},{"caption":"图"}],"data":{"body":{"paragraphs":["二"]}}}]`)
	f.Add(strings.Repeat("[", 100) + strings.Repeat(`{"a":`, 100))
	f.Fuzz(func(t *testing.T, in string) {
		reported := false
		kept := []string{}
		for r, err := range jsonl.Documents(strings.NewReader(in), field.Reader{Lenient: true}) {
			if (err == nil) == (r.Article == nil && len(r.Left) == 0) {
				t.Fatalf("%q: %v, %v: want either an article or an error", in, r.Article, err)
			}
			reported = reported || err != nil || len(r.Left) > 0
			if r.Article != nil {
				kept = append(kept, append(hantest.Texts(r.Article), r.Article.File)...)
			}
		}
		var whole any
		if reported || strings.ContainsAny(in, "<&") || json.Unmarshal([]byte(in), &whole) != nil {
			return
		}
		if lost := hantest.Lost(strings.Join(values(whole), ""), kept...); lost != "" {
			t.Errorf("%q loses %q: %q", in, lost, kept)
		}
	})
}

// values returns all strings of a JSON value but names.
func values(v any) (all []string) {
	switch v := v.(type) {
	case string:
		return []string{v}
	case []any:
		for _, inner := range v {
			all = append(all, values(inner)...)
		}
	case map[string]any:
		for _, inner := range v {
			all = append(all, values(inner)...)
		}
	}
	return all
}
