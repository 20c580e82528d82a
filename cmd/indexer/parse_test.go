package main

import (
	"encoding/json"
	"strings"
	"testing"

	"xunwen/internal/cli"
	"xunwen/internal/news"
)

func TestParse(t *testing.T) {
	whole := gz(t, recordA+recordB)
	for _, tt := range []struct {
		name   string
		files  map[string]string
		stdin  string
		args   []string
		code   int
		titles string // of the records, in order
		stderr []string
	}{
		{name: "records", files: map[string]string{"a.jsonl": recordA + recordB}, args: []string{"a.jsonl"},
			titles: "俄罗斯与美国举行对话 欧盟峰会闭幕"},
		{name: "archives", files: map[string]string{"d/a.jsonl.gz": gz(t, recordA), "d/b.jsonl.zst": zst(t, recordB)},
			args: []string{"d"}, titles: "俄罗斯与美国举行对话 欧盟峰会闭幕"},
		{name: "standard input", stdin: recordB, args: []string{"-"}, titles: "欧盟峰会闭幕"},
		{name: "a broken line", files: map[string]string{"a.jsonl": recordA + `{"title":` + "\n" + recordB},
			args:   []string{"a.jsonl"},
			titles: "俄罗斯与美国举行对话 欧盟峰会闭幕", stderr: []string{"a.jsonl:2: the record is incomplete", "rejected=1"}},
		{name: "a cut-off archive", files: map[string]string{"a.jsonl.gz": whole[:len(whole)-8]},
			args:   []string{"a.jsonl.gz"},
			titles: "俄罗斯与美国举行对话 欧盟峰会闭幕", stderr: []string{"a.jsonl.gz:3: the .gz file is truncated here"}},
		{name: "a page of noise", files: map[string]string{"d/p01.txt": noPage, "d/r.jsonl": recordB},
			args: []string{"d"}, titles: "欧盟峰会闭幕", stderr: []string{"d/p01.txt:1: "}},
		{name: "an unknown member", files: map[string]string{"a.jsonl": unknown + recordB}, args: []string{"a.jsonl"},
			titles: "欧盟峰会闭幕",
			stderr: []string{`a.jsonl:1: unknown member "colour"`}},
		{name: "an unknown member, lenient", files: map[string]string{"a.jsonl": unknown},
			args: []string{"--lenient", "a.jsonl"}, titles: "丙",
			stderr: []string{"a.jsonl: left out of the articles: colour (1)"}},
		{name: "members that are mapped", files: map[string]string{"a.json": `[{"bt":"丁","nr":"文","k":1}]`},
			args: []string{"--map", "title=bt,text=nr", "--lenient", "a.json"}, titles: "丁"},
		{name: "one fault of many records", files: map[string]string{"a.jsonl": strings.Repeat(unknown, 5)},
			args:   []string{"a.jsonl"},
			stderr: []string{"a.jsonl:5: 4 more with the same fault as line 1", "rejected=5"}},
		{name: "an empty folder", files: map[string]string{"d/.keep": ""}, args: []string{"d"}, code: cli.ExitFailed,
			stderr: []string{"d: no file to read"}},
		{name: "only rejects", files: map[string]string{"a.pdf": "%PDF-1.7"}, args: []string{"a.pdf"},
			stderr: []string{"a.pdf:1: broken PDF: ", "articles=0 rejected=1"}},
		{name: "a log in JSON", files: map[string]string{"a.jsonl": recordB},
			args: []string{"--log-format", "json", "a.jsonl"}, titles: "欧盟峰会闭幕", stderr: []string{`"articles":1`}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := command(t, tt.files, tt.stdin, append([]string{"parse"}, tt.args...)...)
			if got.code != tt.code {
				t.Errorf("exit code %d, want %d", got.code, tt.code)
			}
			if titles := titlesOf(t, got.out); titles != tt.titles {
				t.Errorf("titles %q, want %q", titles, tt.titles)
			}
			for _, want := range tt.stderr {
				if !strings.Contains(got.err, want) {
					t.Errorf("stderr lacks %q:\n%s", want, got.err)
				}
			}
		})
	}
}

func titlesOf(t *testing.T, lines string) string {
	t.Helper()
	var titles []string
	for line := range strings.Lines(lines) {
		var a news.Article
		if err := json.Unmarshal([]byte(line), &a); err != nil {
			t.Fatalf("stdout has a line that is no record: %v: %s", err, line)
		}
		titles = append(titles, a.Title)
	}
	return strings.Join(titles, " ")
}

func TestFlagsFillWhatRecordsLeaveOut(t *testing.T) {
	t.Setenv("XUNWEN_PUBLICATION", "变量报")
	t.Setenv("XUNWEN_PAGE", "7")
	got := command(t, map[string]string{"a.jsonl": `{"title":"甲"}`}, "", "parse", "--publication", "旗标报", "--date",
		"2022-01-12", "a.jsonl")
	var a news.Article
	if err := json.Unmarshal([]byte(got.out), &a); err != nil {
		t.Fatal(err)
	}
	if a.Publication != "旗标报" || a.Date != "2022-01-12" || a.Page != "7" {
		t.Errorf("got %+v; want the flag's publication and date and the variable's page", a)
	}
}

func TestParseGivesWhatParseTakes(t *testing.T) {
	first := command(t,
		map[string]string{"a.jsonl": recordA +
			`{"title":"乙","paragraphs":[{"section":"节","kind":"caption","text":"图 <b>"}]}`}, "", "parse", "a.jsonl")
	second := again(t, nil, first.out, "parse", "-")
	if first.out == "" || first.out != second.out {
		t.Errorf("parsing again changes the records:\n%s\n%s", first.out, second.out)
	}
}

func TestExplainSaysWhatLinesAre(t *testing.T) {
	const sheet = "共识难觅\n\n　　俄罗斯与美国举行新一轮战略稳\n定对话，双方未就主要问题达成一致。\n会谈持续了八个小时，代表团随后离开\n了会场，没有发表共同声明。\n"
	got := command(t, map[string]string{"p\n05.txt": sheet}, "", "parse", "--explain", "p\n05.txt")
	if titles := titlesOf(t, got.out); titles != "共识难觅" {
		t.Errorf("titles %q", titles)
	}
	for _, want := range []string{"p\\n05.txt:1-1  ", "  title  1  ", "p\\n05.txt:3-6  ", "  body   1  "} {
		if !strings.Contains(got.err, want) {
			t.Errorf("stderr lacks %q:\n%s", want, got.err)
		}
	}
}
