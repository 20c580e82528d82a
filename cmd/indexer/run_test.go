package main

import (
	"bytes"
	"context"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"

	"xunwen/internal/analyzer/analyzertest"
	"xunwen/internal/cli"
	"xunwen/internal/news"
)

const (
	recordA = `{"id":"a","title":"俄罗斯与美国举行对话","text":"双方未就北约东扩问题达成一致。"}` + "\n"
	recordB = `{"id":"b","title":"欧盟峰会闭幕","text":"各国领导人离开布鲁塞尔。"}` + "\n"
	recordC = `{"id":"c","title":"雾岭茶节开幕"}` + "\n"
	unknown = `{"id":"c","title":"丙","text":"文","colour":"red"}` + "\n"
	noPage  = "\n \n\x00\n"
)

// outcome is the output and exit code of a command.
type outcome struct {
	code     int
	out, err string
}

// command runs the program in a folder with the given files.
func command(t *testing.T, files map[string]string, stdin string, args ...string) outcome {
	t.Helper()
	t.Chdir(t.TempDir())
	return again(t, files, stdin, args...)
}

// again runs the program in the folder of the last command, with small dictionaries, since
// loading the full ones would take most of the time.
func again(t *testing.T, files map[string]string, stdin string, args ...string) outcome {
	t.Helper()
	return runIn(t, analyzertest.Frequent(t), files, stdin, args...)
}

// runIn runs the program in the folder of the last command with the given dictionaries; nil
// means its own.
func runIn(t *testing.T, dictionaries fs.FS, files map[string]string, stdin string, args ...string) outcome {
	t.Helper()
	for name, content := range files {
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return runUntil(t.Context(), dictionaries, stdin, args...)
}

// runUntil runs the program as its main function does, until it ends or ctx is done.
func runUntil(ctx context.Context, dictionaries fs.FS, stdin string, args ...string) outcome {
	var out, stderr bytes.Buffer
	err := runWith(ctx, dictionaries, args, strings.NewReader(stdin), &out, &stderr)
	if err != nil {
		cli.PrintError(&stderr, program, args, err)
	}
	return outcome{cli.ExitCode(err), out.String(), stderr.String()}
}

func gz(t *testing.T, s string) string {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write([]byte(s)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func zst(t *testing.T, s string) string {
	t.Helper()
	w, err := zstd.NewWriter(nil)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	return string(w.EncodeAll([]byte(s), nil))
}

func TestWrongUsage(t *testing.T) {
	files := map[string]string{"a.jsonl": recordA}
	for _, tt := range []struct {
		name string
		env  [2]string
		args []string
		want string // in the last line on stderr
	}{
		{name: "no command", want: "--help"},
		{name: "a map of a field that there isn't", args: []string{"parse", "--map", "body=content", "a.jsonl"},
			want: `--map: "body": no field: want one of text, title, date`},
		{name: "a map without a member", args: []string{"parse", "--map", "text", "a.jsonl"},
			want: "want FIELD=MEMBER"},
		{name: "unknown command", args: []string{"bild"}, want: "bild"},
		{name: "unknown flag", args: []string{"parse", "--fromat", "page", "a.jsonl"}, want: "--fromat"},
		{name: "parse without PATH", args: []string{"parse"}, want: "PATH is missing"},
		{name: "build without PATH", args: []string{"build", "--out", "ix"}, want: "PATH is missing"},
		{name: "build without --out", args: []string{"build", "a.jsonl"},
			want: "--out is missing (or XUNWEN_OUT in the environment)"},
		{name: "a missing PATH", args: []string{"parse", "a.jsonl", "nosuch"}, want: "nosuch: no such file or folder"},
		{name: "a missing PATH of a build", args: []string{"build", "--out", "ix", "a.jsonl", "nosuch"},
			want: "nosuch: no such file or folder"},
		{name: "missing synonyms", args: []string{"build", "--out", "ix", "--synonyms", "nosuch", "a.jsonl"},
			want: "--synonyms nosuch: no such file"},
		{name: "a missing user dictionary", args: []string{"build", "--out", "ix", "--user-dict", "nosuch", "a.jsonl"},
			want: "--user-dict nosuch: no such file"},
		{name: "a pattern without a match", args: []string{"parse", "*.txt"}, want: "*.txt: no file matches"},
		{name: "a format without a reader", args: []string{"parse", "--format", "docx", "a.jsonl"},
			want: `--format "docx": want one of auto, page, text, jsonl, json, csv, html, pdf, md, feed, doc, warc`},
		{name: "an encoding without a reader", args: []string{"parse", "--encoding", "latin1", "a.jsonl"},
			want: `--encoding "latin1": want one of auto, utf-8, gb18030, gbk, big5, utf-16, utf-16le, utf-16be`},
		{name: "no calendar day", args: []string{"parse", "--date", "2022-02-30", "a.jsonl"},
			want: `--date "2022-02-30"`},
		{name: "nothing kept", args: []string{"build", "--out", "ix", "--keep", "0", "a.jsonl"}, want: "--keep 0"},
		{name: "no size", args: []string{"build", "--out", "ix", "--memory", "much", "a.jsonl"},
			want: `--memory "much"`},
		{name: "an unknown segmenter", args: []string{"build", "--out", "ix", "--segmenter", "ik", "a.jsonl"},
			want: `--segmenter "ik": want builtin or gojieba`},
		{name: "a variable that is no number", env: [2]string{"XUNWEN_KEEP", "few"},
			args: []string{"build", "--out", "ix", "a.jsonl"},
			want: `XUNWEN_KEEP="few": want a whole number`},
		{name: "a log of no known form", args: []string{"parse", "--log-format", "xml", "a.jsonl"},
			want: "--log-format"},
		{name: "list without --index", args: []string{"list"}, want: "--index is missing"},
		{name: "remove without --index", args: []string{"remove", "a"}, want: "--index is missing"},
		{name: "prune without --keep", args: []string{"prune", "--index", "ix"},
			want: "--keep is missing (or XUNWEN_KEEP in the environment)"},
		{name: "prune keeps nothing", args: []string{"prune", "--index", "ix", "--keep", "0"},
			want: "--keep 0: want at least 1"},
		{name: "a number that is none", args: []string{"prune", "--index", "ix", "--keep", "x"},
			want: `--keep "x": want a whole number`},
		{name: "eval without --index", args: []string{"eval", "--queries", "a.jsonl"}, want: "--index is missing"},
		{name: "eval without --queries", args: []string{"eval", "--index", "ix"}, want: "--queries is missing"},
		{name: "verify with an argument", args: []string{"verify", "--index", "ix", "x"}, want: `"x"`},
		{name: "a report over an input", args: []string{"build", "--out", "ix", "--report", "./a.jsonl", "a.jsonl"},
			want: "--report ./a.jsonl is one of the inputs"},
		{name: "a file for --out", args: []string{"build", "--out", "a.jsonl", "a.jsonl"},
			want: "--out a.jsonl is a file"},
		{name: "analyze without TEXT", args: []string{"analyze"}, want: "TEXT is missing"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if tt.env[0] != "" {
				t.Setenv(tt.env[0], tt.env[1])
			}
			got := command(t, files, "", tt.args...)
			if got.code != cli.ExitUsage || !strings.Contains(got.err, tt.want) || strings.Count(got.err, "\n") != 1 {
				t.Errorf("exit code %d, stderr %q; want %d and one line with %q", got.code, got.err, cli.ExitUsage,
					tt.want)
			}
			if got.out != "" {
				t.Errorf("something on stdout: %q", got.out)
			}
			if _, err := os.Stat("ix"); err == nil {
				t.Error("the folder of the index was made")
			}
			if left, err := os.ReadFile("a.jsonl"); err != nil || string(left) != recordA {
				t.Errorf("the input is now %q (%v)", left, err)
			}
		})
	}
}

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

func TestInterrupted(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := os.WriteFile("a.jsonl", []byte(recordA), 0o644); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for _, tt := range []struct{ args, want string }{
		{"parse a.jsonl", "interrupted"},
		{"build --out ix a.jsonl", "interrupted; nothing was published"},
	} {
		args := strings.Fields(tt.args)
		var out, stderr bytes.Buffer
		err := run(ctx, args, strings.NewReader(""), &out, &stderr)
		if cli.ExitCode(err) != cli.ExitFailed || err.Error() != tt.want {
			t.Errorf("%s: error %v, want %s", tt.args, err, tt.want)
		}
	}
	if _, err := os.Stat("ix/CURRENT"); err == nil {
		t.Error("an interrupted build published")
	}
}

// cancelAt is a log that cancels a context when a line with text is written.
type cancelAt struct {
	bytes.Buffer
	text   string
	cancel context.CancelFunc
}

func (c *cancelAt) Write(line []byte) (int, error) {
	if bytes.Contains(line, []byte(c.text)) {
		c.cancel()
	}
	return c.Buffer.Write(line)
}

// TestInterruptedWhilePublishing checks that a build that is interrupted while it checks
// the new generation doesn't report the generation as faulty.
func TestInterruptedWhilePublishing(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := os.WriteFile("a.jsonl", []byte(recordA), 0o644); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	var out bytes.Buffer
	stderr := &cancelAt{text: "phase=publish", cancel: cancel}
	args := []string{"build", "--out", "ix", "a.jsonl"}
	err := runWith(ctx, analyzertest.Frequent(t), args, strings.NewReader(""), &out, stderr)
	if ctx.Err() == nil {
		t.Fatalf("the build logged no phase publish:\n%s", stderr)
	}
	if err == nil || err.Error() != "interrupted; nothing was published" {
		t.Errorf("error %v, want an interruption that published nothing", err)
	}
	if _, err := os.Stat("ix/CURRENT"); err == nil {
		t.Error("an interrupted build published")
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
