package page

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// TestEval measures the reader on a folder of pages with their truth
// (XUNWEN_PAGES: NNN.txt and truth.jsonl) and on the pages of testdata, with all
// evidence and without one kind at a time. The weights were chosen without the
// pages whose number is a multiple of three. Run it with make eval.
func TestEval(t *testing.T) {
	folder := os.Getenv("XUNWEN_PAGES")
	if folder == "" {
		t.Skip("XUNWEN_PAGES names no folder of pages with truth.jsonl")
	}
	all := readFolder(t, folder)
	var chosen, heldOut, own []measured
	for _, p := range all {
		if n, err := strconv.Atoi(strings.TrimSuffix(p.truth.File, ".txt")); err == nil && n%3 == 0 {
			heldOut = append(heldOut, p)
		} else {
			chosen = append(chosen, p)
		}
	}
	for _, p := range readSetPages(t, "pages") {
		own = append(own, measured{p.text, p.truth})
	}
	arranged := map[string][]measured{}
	for _, name := range arrangedFolders {
		if _, err := os.Stat(filepath.Join(folder, name)); err != nil {
			continue
		}
		arranged[name] = readFolder(t, filepath.Join(folder, name))
		var halves [2][]measured
		for i, p := range arranged[name] {
			halves[i%2] = append(halves[i%2], p)
		}
		t.Logf("%-26s %v", name+", even", figuresWith(halves[0], everyKind))
		t.Logf("%-26s %v", name+", odd", figuresWith(halves[1], everyKind))
	}
	for _, set := range []struct {
		name  string
		pages []measured
	}{{"all", all}, {"two thirds", chosen}, {"held out", heldOut}, {"own", own}} {
		t.Logf("%-26s %v", set.name, figuresWith(set.pages, everyKind))
	}
	for _, k := range []struct {
		name string
		kind evidenceKinds
	}{
		{"end of article", kindClosing},
		{"room on the line", kindRoom},
		{"end of piece", kindEnding},
		{"first line", kindFirst},
		{"look of headings", kindLook},
		{"side over the page", kindSide},
		{"shared words", kindWords},
		{"last headline's words", kindTheme},
		{"opening of texts", kindOpening},
		{"companions of headlines", kindCompanions},
		{"side by article", kindArticleSide},
		{"interleaved columns", kindInterleaved},
		{"links of columns", kindLinks},
	} {
		t.Logf("without %-21s all %v", k.name, figuresWith(all, everyKind&^k.kind))
		t.Logf("%-29s own %v", "", figuresWith(own, everyKind&^k.kind))
		for _, name := range arrangedFolders {
			t.Logf("%-29s %s %v", "", name, figuresWith(arranged[name], everyKind&^k.kind))
		}
	}
}

// arrangedFolders are the folders of pages with headlines on either side and of pages
// with interleaved columns. The weights were chosen on the pages with even numbers.
var arrangedFolders = []string{"mixed", "interleaved"}

// measured is a page and what it says.
type measured struct {
	text  string
	truth truth
}

func figuresWith(pages []measured, use evidenceKinds) figures {
	var n tally
	for _, p := range pages {
		got, _ := parse(p.text, use)
		n.add(p.truth, got.Articles)
	}
	return n.figures()
}

func readFolder(t *testing.T, folder string) []measured {
	t.Helper()
	f, err := os.Open(filepath.Join(folder, "truth.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var out []measured
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var p measured
		if err := json.Unmarshal(lines.Bytes(), &p.truth); err != nil {
			t.Fatal(err)
		}
		text, err := os.ReadFile(filepath.Join(folder, p.truth.File))
		if err != nil {
			t.Fatal(err)
		}
		p.text = string(text)
		out = append(out, p)
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	return out
}
