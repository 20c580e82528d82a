package source_test

import (
	"slices"
	"strings"
	"testing"

	"xunwen/internal/source"
	"xunwen/internal/source/charset"
)

// readCases are trees of files and standard input with what is read of them.
type readCases []struct {
	name    string
	files   map[string]string
	stdin   string
	opts    source.Options
	paths   []string
	titles  string   // of the articles, separated by blanks
	rejects []string // FILE:LINE: reason
}

func (cases readCases) run(t *testing.T) {
	t.Helper()
	for _, tt := range cases {
		t.Run(tt.name, func(t *testing.T) {
			tt.opts.Stdin = strings.NewReader(tt.stdin)
			articles, rejects := read(t, tree(t, tt.files), tt.opts, tt.paths...)
			if got := titles(articles); got != tt.titles {
				t.Errorf("titles %q, want %q", got, tt.titles)
			}
			if !slices.Equal(rejects, tt.rejects) {
				t.Errorf("rejects\n%s\nwant\n%s", strings.Join(rejects, "\n"), strings.Join(tt.rejects, "\n"))
			}
		})
	}
}

// TestReadInputs checks which files of folders, patterns, archives and standard
// input are read, and in which order.
func TestReadInputs(t *testing.T) {
	readCases{
		{name: "a folder in the order of names, hidden files passed over",
			files: map[string]string{
				"d/2.jsonl":       recordB,
				"d/1/a.ndjson":    recordA,
				"d/.hidden.jsonl": recordB,
				"d/.git/x.jsonl":  recordB,
				"d/3.txt":         page,
			},
			paths: []string{"d"}, titles: "甲 乙 共识难觅"},
		{
			name:   "a pattern",
			files:  map[string]string{"a.jsonl": recordA, "b.jsonl": recordB, ".c.jsonl": recordA, "b.txt": page},
			paths:  []string{"*.jsonl"},
			titles: "甲 乙",
		},
		{
			name:   "a pattern that matches a folder",
			files:  map[string]string{"2022-01/a.jsonl": recordA, "2022-02/a.jsonl": recordB},
			paths:  []string{"2022-*"},
			titles: "甲 乙",
		},
		{
			name: "archives",
			files: map[string]string{
				"a.jsonl.gz": gz(t, recordA),
				"b.json.zst": zst(t, recordB),
				"c.txt.gz":   gz(t, page),
			},
			paths:  []string{"."},
			titles: "甲 乙 共识难觅",
		},
		{
			name: "two archives in one file",
			files: map[string]string{
				"a.jsonl.gz":  gz(t, recordA) + gz(t, recordB),
				"b.jsonl.zst": zst(t, recordA) + zst(t, recordB),
			},
			paths:  []string{"."},
			titles: "甲 乙 甲 乙",
		},
		{name: "standard input: records", stdin: " \n" + recordA, paths: []string{"-"}, titles: "甲"},
		{name: "standard input: a page", stdin: page, paths: []string{"-"}, titles: "共识难觅"},
		{name: "standard input: an archive", stdin: zst(t, recordA), paths: []string{"-"}, titles: "甲"},
		{name: "standard input: a web page", stdin: webPage, paths: []string{"-"}, titles: "大桥通车"},
		{
			name:   "standard input between files",
			files:  map[string]string{"a.jsonl": recordA},
			stdin:  recordB,
			paths:  []string{"a.jsonl", "-", "a.jsonl"},
			titles: "甲 乙 甲",
		},
		{
			name:   "an unknown extension that was named",
			files:  map[string]string{"a.log": recordA},
			paths:  []string{"a.log"},
			titles: "甲",
		},
		{name: "no record at all", files: map[string]string{"a.jsonl": ""}, paths: []string{"a.jsonl"}},
	}.run(t)
}

// TestReadOptions checks that a format, an encoding and leniency that were asked
// for are applied.
func TestReadOptions(t *testing.T) {
	readCases{
		{
			name:   "a page that was asked for begins like one of the web",
			files:  map[string]string{"a.txt": "<html>" + page},
			opts:   source.Options{Format: source.Page},
			paths:  []string{"."},
			titles: "<html>共识难觅",
		},
		{
			name:   "a format that was asked for",
			files:  map[string]string{"a.txt": recordA},
			paths:  []string{"a.txt"},
			opts:   source.Options{Format: source.JSONL},
			titles: "甲",
		},
		{
			name:    "a format that was asked for, in a folder",
			files:   map[string]string{"d/a.txt": page, "d/b.jsonl": recordA},
			paths:   []string{"d"},
			opts:    source.Options{Format: source.Page},
			titles:  "共识难觅",
			rejects: []string{"d/b.jsonl:1: format jsonl, but only page was asked for"},
		},
		{
			name:    "an unknown member",
			files:   map[string]string{"a.jsonl": `{"title":"甲","x":1}`},
			paths:   []string{"a.jsonl"},
			rejects: []string{`a.jsonl:1: unknown member "x": correct the name, pass --map FIELD=MEMBER, or --lenient to leave it out`},
		},
		{
			name:   "an unknown member, lenient",
			files:  map[string]string{"a.jsonl": `{"title":"甲","text":"文","x":1}` + "\n" + `{"title":"乙","x":1}`},
			paths:  []string{"a.jsonl"},
			opts:   source.Options{Lenient: true},
			titles: "甲",
			rejects: []string{
				`a.jsonl:2: no text: left out: "x": map the member that holds it with --map text=MEMBER`,
			},
		},
		{
			name:  "another encoding than the one asked for",
			files: map[string]string{"a.txt": page, "b.jsonl": recordA},
			paths: []string{"."},
			opts:  source.Options{Encoding: charset.Big5},
			rejects: []string{"a.txt:1: not Big5 (byte 0xe5): convert it or pass another --encoding",
				"b.jsonl:1: not Big5 (byte 0xe7 at byte 11 of the line): convert it or pass another --encoding"},
		},
	}.run(t)
}
